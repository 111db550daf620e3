{{/*
The pod of a part: (dict "root" . "part" NAME "args" LIST "values" MAP "state" BOOL).
Used by the Deployments, the StatefulSet and the topics Job.
*/}}
{{- define "newsloom.pod" -}}
{{- $secret := include "newsloom.secret" (dict "root" .root "secret" .values.kafkaSecret) -}}
{{- $kafka := .root.Values.kafka -}}
{{- $files := include "newsloom.secretFiles" .root | fromJsonArray -}}
{{- if $files }}
{{- $secret = required "Set kafka.secret.name to the Secret with the credentials for the broker." $secret }}
{{- end -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
terminationGracePeriodSeconds: {{ add (int .root.Values.drainSeconds) 25 }}
containers:
  - name: {{ .part }}
    image: {{ include "newsloom.image" .root | quote }}
    imagePullPolicy: {{ .root.Values.image.pullPolicy }}
    args: {{ toJson .args }}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities:
        drop: [ALL]
    env:
      - name: NEWSLOOM_KAFKA
        value: {{ required "Set kafka.bootstrap to the bootstrap servers of your Kafka: host:port,…" $kafka.bootstrap | quote }}
      - name: NEWSLOOM_KAFKA_SECURITY
        value: {{ $kafka.security }}
      - name: NEWSLOOM_DRAIN_SECONDS
        value: {{ .root.Values.drainSeconds | quote }}
      - name: NEWSLOOM_REPLICATION
        value: {{ .root.Values.topics.replication | quote }}
      - name: NEWSLOOM_ARTICLE_PARTITIONS
        value: {{ .root.Values.topics.articlePartitions | quote }}
      {{- if has .part (list "cleaning" "tagging" "dedup") }}
      # Kubernetes restarts every container that ends; see docs/dead-letters.md.
      - name: NEWSLOOM_POISON_HOLD
        value: "true"
      {{- end }}
      {{- if eq .part "dedup" }}
      - name: NEWSLOOM_STANDBY_REPLICAS
        value: {{ .values.standbyReplicas | quote }}
      {{- end }}
      {{- if hasPrefix "sasl_" $kafka.security }}
      - name: NEWSLOOM_KAFKA_SASL_MECHANISM
        value: {{ $kafka.saslMechanism }}
      - name: NEWSLOOM_KAFKA_USERNAME
        valueFrom:
          secretKeyRef:
            name: {{ $secret }}
            key: {{ $kafka.secret.username }}
      {{- end }}
      {{- range $files }}
      - name: {{ .variable }}
        value: /etc/newsloom/kafka/{{ .file }}
      {{- end }}
      {{- with .root.Values.tracing.endpoint }}
      - name: NEWSLOOM_TRACING
        value: "true"
      - name: OTEL_EXPORTER_OTLP_ENDPOINT
        value: {{ . | quote }}
      - name: OTEL_TRACES_SAMPLER
        value: parentbased_traceidratio
      - name: OTEL_TRACES_SAMPLER_ARG
        value: {{ toString $.root.Values.tracing.ratio | quote }}
      {{- end }}
      {{- range $name, $value := .root.Values.settings }}
      - name: NEWSLOOM_{{ upper $name }}
        # Large numbers would be written 1e+06.
        value: {{ kindIs "float64" $value | ternary (toJson $value) (toString $value) | quote }}
      {{- end }}
    {{- if ne .part "topics" }}
    ports:
      - name: metrics
        containerPort: 9100
    # Models are loaded before the first answer; the state of dedup is recovered after it.
    startupProbe:
      httpGet: {path: /livez, port: metrics}
      periodSeconds: 2
      timeoutSeconds: 3
      failureThreshold: 60
    livenessProbe:
      httpGet: {path: /livez, port: metrics}
      periodSeconds: 10
      timeoutSeconds: 5
      failureThreshold: 3
    readinessProbe:
      httpGet: {path: /readyz, port: metrics}
      periodSeconds: 5
      timeoutSeconds: 5
      failureThreshold: 2
    {{- end }}
    resources:
      {{- toYaml .values.resources | nindent 6 }}
    volumeMounts:
      - name: state
        mountPath: /var/lib/newsloom
      - name: tmp
        mountPath: /tmp
      {{- if $files }}
      - name: kafka
        mountPath: /etc/newsloom/kafka
        readOnly: true
      {{- end }}
volumes:
  - name: tmp
    emptyDir: {}
  {{- if not .state }}
  - name: state
    emptyDir: {}
  {{- end }}
  {{- if $files }}
  - name: kafka
    secret:
      secretName: {{ $secret }}
      defaultMode: 0440
      items:
        {{- range $files }}
        - key: {{ .key }}
          path: {{ .file }}
        {{- end }}
  {{- end }}
{{- if ne .part "topics" }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "newsloom.selector" (dict "root" .root "part" .part) | nindent 8 }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* The files of the Secret: the key, the name of the file, and the variable with its path. */}}
{{- define "newsloom.secretFiles" -}}
{{- $secret := .Values.kafka.secret -}}
{{- $files := list -}}
{{- if hasPrefix "sasl_" .Values.kafka.security -}}
{{- $files = append $files (dict "key" $secret.password "file" "password" "variable" "NEWSLOOM_KAFKA_PASSWORD_FILE") -}}
{{- end -}}
{{- if $secret.ca -}}
{{- $files = append $files (dict "key" $secret.ca "file" "ca.pem" "variable" "NEWSLOOM_KAFKA_CA_FILE") -}}
{{- end -}}
{{- if $secret.certificate -}}
{{- $files = append $files (dict "key" $secret.certificate "file" "certificate.pem" "variable" "NEWSLOOM_KAFKA_CERT_FILE") -}}
{{- end -}}
{{- if $secret.key -}}
{{- $files = append $files (dict "key" $secret.key "file" "key.pem" "variable" "NEWSLOOM_KAFKA_KEY_FILE") -}}
{{- end -}}
{{- if $secret.keyPassword -}}
{{- $files = append $files (dict "key" $secret.keyPassword "file" "key-password" "variable" "NEWSLOOM_KAFKA_KEY_PASSWORD_FILE") -}}
{{- end -}}
{{- toJson $files -}}
{{- end -}}
