{{- define "newsloom.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Labels that select the pods of the release; with (dict "root" . "part" NAME) those of a part. */}}
{{- define "newsloom.selector" -}}
app.kubernetes.io/name: newsloom
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .part }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end -}}

{{- define "newsloom.labels" -}}
{{ include "newsloom.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "newsloom.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ default $.Chart.AppVersion .tag }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "newsloom.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{ default (include "newsloom.fullname" .) .Values.serviceAccount.name }}
{{- else -}}
{{ default "default" .Values.serviceAccount.name }}
{{- end -}}
{{- end -}}

{{/* With a topic suffix (a second set of workers), consumer groups and topics end in it. */}}
{{- define "newsloom.group" -}}
newsloom-{{ .part }}{{ with .root.Values.settings.topic_suffix }}-{{ . }}{{ end }}
{{- end -}}

{{/* The Secret of a part: (dict "root" . "secret" OWN). */}}
{{- define "newsloom.secret" -}}
{{ default .root.Values.kafka.secret.name .secret }}
{{- end -}}
