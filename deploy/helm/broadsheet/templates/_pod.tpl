{{- /* What every pod of the chart has: who it runs as, where Kafka and OpenSearch are, and the secrets, as files. */ -}}

{{- define "broadsheet.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: { type: RuntimeDefault }
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{- define "broadsheet.containerSecurity" -}}
image: {{ include "broadsheet.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end -}}

{{- /* The secret with the SASL user and password: one of its own, or the one for all. Takes {root, kafkaSecret}. */ -}}
{{- define "broadsheet.kafkaSecret" -}}
{{- .kafkaSecret | default (required "kafka.credentials.secretName: SASL needs a secret with user and password" .root.Values.kafka.credentials.secretName) -}}
{{- end -}}

{{- /* Settings of a client of Kafka; of OpenSearch too where `opensearch` is true. Takes {root, opensearch, kafkaSecret, settings}. */ -}}
{{- define "broadsheet.environment" -}}
{{- $root := .root -}}
{{- $context := . -}}
{{- $given := mergeOverwrite (deepCopy $root.Values.settings) (default dict .settings) -}}
{{- with $root.Values.kafka -}}
- { name: BROADSHEET_BOOTSTRAP_SERVERS, value: {{ required "kafka.bootstrapServers: say where Kafka is, host:port" .bootstrapServers | quote }} }
- { name: BROADSHEET_TOPIC_PREFIX, value: {{ .topicPrefix | quote }} }
- { name: BROADSHEET_SECURITY_PROTOCOL, value: {{ .securityProtocol }} }
{{- if hasPrefix "SASL" .securityProtocol }}
- { name: BROADSHEET_SASL_MECHANISM, value: {{ .saslMechanism }} }
- name: BROADSHEET_SASL_USERNAME
  valueFrom: { secretKeyRef: { name: {{ include "broadsheet.kafkaSecret" $context }}, key: {{ .credentials.usernameKey }} } }
- { name: BROADSHEET_SASL_PASSWORD_FILE, value: /etc/broadsheet/kafka-credentials/password }
{{- end }}
{{- if .authorities.secretName }}
- { name: BROADSHEET_SSL_CA_FILE, value: /etc/broadsheet/kafka-authorities/ca.crt }
{{- end }}
{{- if .clientCertificate.secretName }}
- { name: BROADSHEET_SSL_CERT_FILE, value: /etc/broadsheet/kafka-client/tls.crt }
- { name: BROADSHEET_SSL_KEY_FILE, value: /etc/broadsheet/kafka-client/tls.key }
{{- if .clientCertificate.passwordKey }}
- { name: BROADSHEET_SSL_KEY_PASSWORD_FILE, value: /etc/broadsheet/kafka-client/password }
{{- end }}
{{- end }}
{{- end }}
{{- if .opensearch }}
{{- with $root.Values.opensearch }}
- { name: BROADSHEET_OPENSEARCH_URL, value: {{ required "opensearch.url: say where OpenSearch is, https://host:port" .url | quote }} }
- { name: BROADSHEET_INDEX_PREFIX, value: {{ .indexPrefix | quote }} }
{{- if .credentials.secretName }}
- name: BROADSHEET_OPENSEARCH_USERNAME
  valueFrom: { secretKeyRef: { name: {{ .credentials.secretName }}, key: {{ .credentials.usernameKey }} } }
- { name: BROADSHEET_OPENSEARCH_PASSWORD_FILE, value: /etc/broadsheet/opensearch-credentials/password }
{{- end }}
{{- if .apiKey.secretName }}
- { name: BROADSHEET_OPENSEARCH_API_KEY_FILE, value: /etc/broadsheet/opensearch-api-key/api-key }
{{- end }}
{{- if .authorities.secretName }}
- { name: BROADSHEET_OPENSEARCH_CA_FILE, value: /etc/broadsheet/opensearch-authorities/ca.crt }
{{- end }}
{{- end }}
{{- end }}
{{- range $name, $value := $given }}
- { name: BROADSHEET_{{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- end -}}

{{- /* The volumes of the secrets, by name: each holds only the keys that are read. Takes {root, opensearch, kafkaSecret}. */ -}}
{{- define "broadsheet.secrets" -}}
{{- $secrets := dict -}}
{{- $context := . -}}
{{- with .root.Values.kafka -}}
{{- if hasPrefix "SASL" .securityProtocol -}}
{{- $_ := set $secrets "kafka-credentials" (dict "secret" (include "broadsheet.kafkaSecret" $context) "items" (dict .credentials.passwordKey "password")) -}}
{{- end -}}
{{- if .authorities.secretName -}}
{{- $_ := set $secrets "kafka-authorities" (dict "secret" .authorities.secretName "items" (dict .authorities.key "ca.crt")) -}}
{{- end -}}
{{- with .clientCertificate -}}
{{- if .secretName -}}
{{- $items := dict .certificateKey "tls.crt" .keyKey "tls.key" -}}
{{- if .passwordKey -}}
{{- $_ := set $items .passwordKey "password" -}}
{{- end -}}
{{- $_ := set $secrets "kafka-client" (dict "secret" .secretName "items" $items) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if .opensearch -}}
{{- with .root.Values.opensearch -}}
{{- if .credentials.secretName -}}
{{- $_ := set $secrets "opensearch-credentials" (dict "secret" .credentials.secretName "items" (dict .credentials.passwordKey "password")) -}}
{{- end -}}
{{- if .apiKey.secretName -}}
{{- $_ := set $secrets "opensearch-api-key" (dict "secret" .apiKey.secretName "items" (dict .apiKey.key "api-key")) -}}
{{- end -}}
{{- if .authorities.secretName -}}
{{- $_ := set $secrets "opensearch-authorities" (dict "secret" .authorities.secretName "items" (dict .authorities.key "ca.crt")) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml $secrets -}}
{{- end -}}

{{- define "broadsheet.mounts" -}}
volumeMounts:
  - { name: tmp, mountPath: /tmp }
  {{- range $name, $_ := include "broadsheet.secrets" . | fromYaml }}
  - { name: {{ $name }}, mountPath: /etc/broadsheet/{{ $name }}, readOnly: true }
  {{- end }}
{{- end -}}

{{- define "broadsheet.volumes" -}}
volumes:
  - { name: tmp, emptyDir: { sizeLimit: 256Mi } }
  {{- range $name, $from := include "broadsheet.secrets" . | fromYaml }}
  - name: {{ $name }}
    secret:
      secretName: {{ $from.secret }}
      defaultMode: 0440
      items:
        {{- range $key, $path := $from.items }}
        - { key: {{ $key }}, path: {{ $path }} }
        {{- end }}
  {{- end }}
{{- end -}}
