import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Prints the title of each enriched article. NEWSLOOM_KAFKA names the brokers. */
public class Subscriber {
    public static void main(String[] arguments) throws Exception {
        String kafka = System.getenv().getOrDefault("NEWSLOOM_KAFKA", "localhost:9092");
        Map<String, Object> settings = Map.of(
            "bootstrap.servers", kafka,
            "group.id", "plain-java",
            "auto.offset.reset", "earliest",
            "enable.auto.commit", "false");
        ObjectMapper json = new ObjectMapper();
        try (var consumer = new KafkaConsumer<String, byte[]>(
                settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("newsloom.articles.enriched"));
            while (true) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    Header type = record.headers().lastHeader("ce_type");
                    if (type == null || !"newsloom.article.enriched.v1".equals(new String(type.value()))) {
                        continue; // a type that this program does not know
                    }
                    JsonNode article = json.readTree(record.value());
                    System.out.println(article.get("title").asText());
                }
                consumer.commitSync(); // after processing
            }
        }
    }
}
