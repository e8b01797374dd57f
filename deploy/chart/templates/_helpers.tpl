{{- define "console.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "console.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains (include "console.name" .) .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "console.name" .) | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "console.selectorLabels" -}}
app.kubernetes.io/name: {{ include "console.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "console.labels" -}}
{{ include "console.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "console.metadata" -}}
name: {{ include "console.fullname" . }}
namespace: {{ .Release.Namespace }}
labels:
  {{- include "console.labels" . | nindent 2 }}
{{- end }}

{{- define "console.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "console.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Who can reach the console: "sidecar" through oauth2-proxy, "tls" by itself, "proxy" outside the pod, "forward" by port-forward alone. */}}
{{- define "console.reach" -}}
{{- if .Values.oauth2Proxy.enabled }}sidecar
{{- else if .Values.tls.existingSecret }}tls
{{- else if .Values.access.trustedProxies }}proxy
{{- else }}forward
{{- end }}
{{- end }}

{{- define "console.oauth2Secret" -}}
{{- .Values.oauth2Proxy.config.existingSecret | default (printf "%s-oauth2" (include "console.fullname" .)) }}
{{- end }}

{{/* Values that contradict each other. */}}
{{- define "console.checks" -}}
{{- $reach := include "console.reach" . }}
{{- if and .Values.config .Values.ray.address }}
{{- fail "config names the Rays; leave ray.address empty" }}
{{- end }}
{{- if and (or .Values.ingress.enabled .Values.httpRoute.enabled) (eq $reach "forward") }}
{{- fail "ingress and httpRoute need somebody to sign people in: set oauth2Proxy.enabled, tls.existingSecret or access.trustedProxies" }}
{{- end }}
{{- if .Values.oauth2Proxy.enabled }}
{{- if or .Values.tls.existingSecret .Values.access.trustedProxies }}
{{- fail "oauth2Proxy.enabled is another way in than tls.existingSecret and access.trustedProxies: leave those empty" }}
{{- end }}
{{- if not (or .Values.oauth2Proxy.redirectUrl .Values.access.hosts) }}
{{- fail "oauth2Proxy needs access.hosts, the host name by which people reach it" }}
{{- end }}
{{- $made := .Values.oauth2Proxy.config }}
{{- if not (or $made.existingSecret (and $made.clientID $made.clientSecret $made.cookieSecret)) }}
{{- fail "oauth2Proxy.config needs existingSecret, or clientID, clientSecret and cookieSecret" }}
{{- end }}
{{- if and (eq .Values.oauth2Proxy.provider "oidc") (not .Values.oauth2Proxy.issuerUrl) }}
{{- fail "oauth2Proxy.issuerUrl is needed for the provider oidc" }}
{{- end }}
{{- end }}
{{- if and .Values.ray.ca.existingSecret (not (hasPrefix "https:" .Values.ray.address)) }}
{{- fail "ray.ca is for a Ray behind TLS: ray.address must begin with https:" }}
{{- end }}
{{- end }}

{{/* The console's options, one a line. */}}
{{- define "console.args" -}}
{{- $reach := include "console.reach" . -}}
- --host={{ ternary "127.0.0.1" "0.0.0.0" (has $reach (list "sidecar" "forward")) }}
- --port=8600
- --data-dir=/data
{{- with .Values.ray.address }}
- --ray-address={{ . }}
{{- end }}
{{- with .Values.ray.dashboardUrl }}
- --ray-dashboard-url={{ . }}
{{- end }}
{{- if .Values.ray.ca.existingSecret }}
- --ray-ca=/etc/ray-ca/{{ .Values.ray.ca.key }}
{{- end }}
{{- if .Values.config }}
- --config=/etc/virtual-cluster-console/console.yaml
{{- end }}
{{- if .Values.access.readOnly }}
- --read-only
{{- end }}
{{- if eq $reach "forward" }}
- --sign-in=link
{{- end }}
{{- range .Values.access.hosts }}
- --allowed-host={{ . }}
{{- end }}
{{- if ne .Values.access.basePath "/" }}
- --base-path={{ .Values.access.basePath }}
{{- end }}
{{- if eq $reach "tls" }}
- --tls-cert=/etc/tls/tls.crt
- --tls-key=/etc/tls/tls.key
{{- end }}
{{- range ternary (list "127.0.0.1") .Values.access.trustedProxies (eq $reach "sidecar") }}
- --trusted-proxy={{ . }}
{{- end }}
{{- if or (eq $reach "sidecar") .Values.access.trustedProxies }}
{{- with .Values.access.userHeader }}
- --user-header={{ . }}
{{- end }}
{{- with .Values.access.groupsHeader }}
- --groups-header={{ . }}
{{- end }}
{{- range .Values.access.operatorGroups }}
- {{ printf "--operator-group=%s" . | quote }}
{{- end }}
{{- range .Values.access.viewerGroups }}
- {{ printf "--viewer-group=%s" . | quote }}
{{- end }}
{{- end }}
{{- with .Values.journal.keepDays }}
- --keep-days={{ . }}
{{- end }}
{{- if not (kindIs "invalid" .Values.usage.keepDays) }}
- --usage-days={{ .Values.usage.keepDays }}
{{- end }}
{{- with .Values.usage.megabytes }}
- --usage-megabytes={{ . }}
{{- end }}
{{- if .Values.metrics.enabled }}
- --metrics-host=0.0.0.0
- --metrics-port={{ .Values.metrics.port }}
{{- if not .Values.metrics.clusterMetrics }}
- --no-cluster-metrics
{{- end }}
{{- end }}
{{- range .Values.extraArgs }}
- {{ . | quote }}
{{- end }}
{{- end }}
