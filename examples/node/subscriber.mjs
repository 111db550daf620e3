// Prints title and verdict of each enriched article. NEWSLOOM_KAFKA names the brokers.
import { Kafka } from "kafkajs";

const brokers = (process.env.NEWSLOOM_KAFKA ?? "localhost:9092").split(",");
const kafka = new Kafka({ clientId: "plain-node", brokers });
const consumer = kafka.consumer({ groupId: "plain-node" });
await consumer.connect();
await consumer.subscribe({ topics: ["newsloom.articles.enriched"], fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    if (String(message.headers.ce_type) !== "newsloom.article.enriched.v1") return; // unknown
    const article = JSON.parse(message.value);
    console.log(article.title, article.verdict.kind);
  },
});
