{{/* The container that signs people in. */}}
{{- define "console.oauth2Container" -}}
{{- $proxy := .Values.oauth2Proxy -}}
- name: oauth2-proxy
  image: {{ printf "%s:%s" $proxy.image.repository $proxy.image.tag | quote }}
  imagePullPolicy: {{ $proxy.image.pullPolicy }}
  args:
    - --http-address=0.0.0.0:4180
    - --upstream=http://127.0.0.1:8600
    # It must hand on the host that browsers ask for, and who they are.
    - --pass-host-header=true
    - --pass-user-headers=true
    - --reverse-proxy=true
    - --provider={{ $proxy.provider }}
    {{- with $proxy.issuerUrl }}
    - --oidc-issuer-url={{ . }}
    {{- end }}
    - --redirect-url={{ $proxy.redirectUrl | default (printf "https://%s/oauth2/callback" (first .Values.access.hosts | default "")) }}
    {{- range $proxy.emailDomains }}
    - {{ printf "--email-domain=%s" . | quote }}
    {{- end }}
    {{- range $proxy.trustedProxyIPs }}
    - --trusted-proxy-ip={{ . }}
    {{- end }}
    {{- range $name, $value := $proxy.extraArgs }}
    - {{ printf "--%s=%v" $name $value | quote }}
    {{- end }}
  env:
    {{- range list "client-id" "client-secret" "cookie-secret" }}
    - name: OAUTH2_PROXY_{{ . | upper | replace "-" "_" }}
      valueFrom:
        secretKeyRef:
          name: {{ include "console.oauth2Secret" $ }}
          key: {{ . }}
    {{- end }}
  ports:
    - name: http
      containerPort: 4180
  livenessProbe:
    httpGet:
      path: /ping
      port: http
  readinessProbe:
    httpGet:
      path: /ready
      port: http
  resources:
    {{- toYaml $proxy.resources | nindent 4 }}
  securityContext:
    {{- toYaml .Values.securityContext | nindent 4 }}
{{- end }}
