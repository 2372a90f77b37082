package reference

import (
	"fmt"
	"strings"
)

// indented begins every line but the first with indent.
func indented(s, indent string) string { return strings.ReplaceAll(s, "\n", "\n"+indent) }

func curlSample(r *request) string {
	var b strings.Builder
	b.WriteString("curl")
	if r.Method != "GET" {
		b.WriteString(" -X " + r.Method)
	}
	b.WriteString(" " + shell(r.URL()) + " \\\n  -H \"Authorization: Bearer $" + TokenVariable + "\"")
	for _, h := range r.headers() {
		b.WriteString(" \\\n  -H " + shell(h[0]+": "+h[1]))
	}
	if r.Body != nil {
		b.WriteString(" \\\n  -d " + shell(pretty(r.Body)))
	}
	return b.String() + "\n"
}

func nodeSample(r *request) string {
	var b strings.Builder
	fmt.Fprintf(&b, "const response = await fetch(%s, {\n", quoted(r.URL()))
	if r.Method != "GET" {
		fmt.Fprintf(&b, "  method: %s,\n", quoted(r.Method))
	}
	fmt.Fprintf(&b, "  headers: {\n    Authorization: `Bearer ${process.env.%s}`,\n", TokenVariable)
	for _, h := range r.headers() {
		fmt.Fprintf(&b, "    %s: %s,\n", quoted(h[0]), quoted(h[1]))
	}
	b.WriteString("  },\n")
	if r.Body != nil {
		fmt.Fprintf(&b, "  body: JSON.stringify(%s),\n", nodeNotation.write(r.Body, "  "))
	}
	b.WriteString("});\nconsole.log(response.status, await response.text());\n")
	return b.String()
}

func rubySample(r *request) string {
	var b strings.Builder
	b.WriteString("require \"json\"\nrequire \"net/http\"\n\n")
	fmt.Fprintf(&b, "uri = URI(%s)\n", quoted(r.URL()))
	fmt.Fprintf(&b, "request = Net::HTTP::%s.new(uri)\n", r.Method[:1]+strings.ToLower(r.Method[1:]))
	fmt.Fprintf(&b, "request[\"Authorization\"] = \"Bearer #{ENV.fetch(%q)}\"\n", TokenVariable)
	for _, h := range r.headers() {
		fmt.Fprintf(&b, "request[%q] = %q\n", h[0], h[1])
	}
	if r.Body != nil {
		fmt.Fprintf(&b, "request.body = JSON.generate(%s)\n", rubyNotation.write(r.Body, ""))
	}
	b.WriteString("\nresponse = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == \"https\") do |http|\n" +
		"  http.request(request)\nend\nputs response.code, response.body\n")
	return b.String()
}

func phpSample(r *request) string {
	var b strings.Builder
	b.WriteString("<?php\n$options = [\n")
	fmt.Fprintf(&b, "    'method' => '%s',\n    'ignore_errors' => true,\n    'header' => [\n", r.Method)
	fmt.Fprintf(&b, "        'Authorization: Bearer ' . getenv('%s'),\n", TokenVariable)
	for _, h := range r.headers() {
		fmt.Fprintf(&b, "        %s,\n", single(h[0]+": "+h[1]))
	}
	b.WriteString("    ],\n")
	if r.Body != nil {
		fmt.Fprintf(&b, "    'content' => json_encode(%s),\n", phpNotation.write(r.Body, "    "))
	}
	fmt.Fprintf(&b, "];\n$url = %s;\n", single(r.URL()))
	b.WriteString("echo file_get_contents($url, false, stream_context_create(['http' => $options]));\n")
	return b.String()
}

func pythonSample(r *request) string {
	var b strings.Builder
	if r.Body != nil {
		b.WriteString("import json\n")
	}
	b.WriteString("import os\nimport urllib.error\nimport urllib.request\n\nrequest = urllib.request.Request(\n")
	fmt.Fprintf(&b, "    %s,\n    method=%q,\n    headers={\n", quoted(r.URL()), r.Method)
	fmt.Fprintf(&b, "        \"Authorization\": \"Bearer \" + os.environ[%q],\n", TokenVariable)
	for _, h := range r.headers() {
		fmt.Fprintf(&b, "        %q: %q,\n", h[0], h[1])
	}
	b.WriteString("    },\n")
	if r.Body != nil {
		fmt.Fprintf(&b, "    data=json.dumps(%s).encode(),\n", pythonNotation.write(r.Body, "    "))
	}
	b.WriteString(")\ntry:\n    with urllib.request.urlopen(request) as response:\n        print(response.status, response.read().decode())\n" +
		"except urllib.error.HTTPError as error:\n    print(error.code, error.read().decode())\n")
	return b.String()
}

func javaSample(r *request) string {
	var b strings.Builder
	b.WriteString("import java.net.URI;\nimport java.net.http.*;\n\npublic class Sample {\n  public static void main(String[] args) throws Exception {\n")
	publisher := "HttpRequest.BodyPublishers.noBody()"
	if r.Body != nil {
		body := strings.ReplaceAll(pretty(r.Body), `\`, `\\`)
		fmt.Fprintf(&b, "    String body = \"\"\"\n        %s\"\"\";\n", indented(body, "        "))
		publisher = "HttpRequest.BodyPublishers.ofString(body)"
	}
	fmt.Fprintf(&b, "    HttpRequest request = HttpRequest.newBuilder(URI.create(%s))\n", quoted(r.URL()))
	fmt.Fprintf(&b, "        .header(\"Authorization\", \"Bearer \" + System.getenv(%q))\n", TokenVariable)
	for _, h := range r.headers() {
		fmt.Fprintf(&b, "        .header(%q, %q)\n", h[0], h[1])
	}
	fmt.Fprintf(&b, "        .method(%q, %s)\n        .build();\n", r.Method, publisher)
	b.WriteString("    HttpResponse<String> response =\n        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());\n" +
		"    System.out.println(response.statusCode() + \" \" + response.body());\n  }\n}\n")
	return b.String()
}

func goSample(r *request) string {
	var b strings.Builder
	body, imports := "nil", ""
	if r.Body != nil {
		raw := pretty(r.Body)
		body, imports = "body", "\t\"strings\"\n"
		literal := "`" + raw + "`"
		if strings.Contains(raw, "`") {
			literal = quoted(raw)
		}
		b.WriteString("\tbody := strings.NewReader(" + literal + ")\n")
	}
	fmt.Fprintf(&b, "\treq, err := http.NewRequest(%q, %s, %s)\n", r.Method, quoted(r.URL()), body)
	b.WriteString("\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n")
	fmt.Fprintf(&b, "\treq.Header.Set(\"Authorization\", \"Bearer \"+os.Getenv(%q))\n", TokenVariable)
	for _, h := range r.headers() {
		fmt.Fprintf(&b, "\treq.Header.Set(%q, %q)\n", h[0], h[1])
	}
	b.WriteString("\tresp, err := http.DefaultClient.Do(req)\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tdefer resp.Body.Close()\n" +
		"\tanswer, err := io.ReadAll(resp.Body)\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tfmt.Println(resp.Status, string(answer))\n}\n")
	return "package main\n\nimport (\n\t\"fmt\"\n\t\"io\"\n\t\"log\"\n\t\"net/http\"\n\t\"os\"\n" + imports + ")\n\nfunc main() {\n" + b.String()
}

func csharpSample(r *request) string {
	var b strings.Builder
	b.WriteString("using System.Net.Http.Headers;\n")
	if r.Body != nil {
		b.WriteString("using System.Text;\n")
	}
	b.WriteString("\nusing var client = new HttpClient();\n")
	method := r.Method[:1] + strings.ToLower(r.Method[1:])
	fmt.Fprintf(&b, "using var request = new HttpRequestMessage(HttpMethod.%s, %s);\n", method, quoted(r.URL()))
	fmt.Fprintf(&b, "request.Headers.Authorization = new AuthenticationHeaderValue(\n    \"Bearer\", Environment.GetEnvironmentVariable(%q));\n", TokenVariable)
	fmt.Fprintf(&b, "request.Headers.Add(\"Intercom-Version\", %q);\n", r.Version)
	if r.Body != nil {
		fmt.Fprintf(&b, "request.Content = new StringContent(\"\"\"\n    %s\n    \"\"\", Encoding.UTF8, \"application/json\");\n", indented(pretty(r.Body), "    "))
	}
	b.WriteString("\nusing var response = await client.SendAsync(request);\nConsole.WriteLine((int)response.StatusCode);\nConsole.WriteLine(await response.Content.ReadAsStringAsync());\n")
	return b.String()
}

func rSample(r *request) string {
	var b strings.Builder
	fmt.Fprintf(&b, "library(httr2)\n\nresponse <- request(%s) |>\n  req_method(%q) |>\n", quoted(r.URL()), r.Method)
	fmt.Fprintf(&b, "  req_auth_bearer_token(Sys.getenv(%q)) |>\n  req_headers(`Intercom-Version` = %q) |>\n", TokenVariable, r.Version)
	if r.Body != nil {
		fmt.Fprintf(&b, "  req_body_json(%s) |>\n", rNotation.write(r.Body, "  "))
	}
	b.WriteString("  req_error(is_error = \\(response) FALSE) |>\n  req_perform()\ncat(resp_status(response), resp_body_string(response), \"\\n\")\n")
	return b.String()
}
