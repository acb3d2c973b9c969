// Lets the published client chat with a proxy, whole and streamed, and prints what it saw as one JSON line.
//
// SEALCHECK_PROXY  base address of the proxy
// SEALCHECK_TOKEN  a bearer token that the proxy knows
// SEALCHECK_MODEL  a chat model that the proxy offers

import atoma from "atoma-sdk";
import http from "atoma-sdk/lib/http.js";

const LIMIT_MILLIS = 30_000;
const QUESTION = "What does a sealed envelope keep from the postman?";

function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set`);
  }
  return value;
}

const exchanges = [];
const httpClient = new http.HTTPClient().addHook("response", (response, request) => {
  const mediaType = (response.headers.get("content-type") ?? "none").split(";")[0];
  exchanges.push(`${request.method} ${new URL(request.url).pathname} ${response.status} ${mediaType}`);
});
const model = required("SEALCHECK_MODEL");
const client = new atoma.AtomaSDK({
  serverURL: required("SEALCHECK_PROXY"),
  bearerAuth: required("SEALCHECK_TOKEN"),
  timeoutMs: LIMIT_MILLIS,
  httpClient,
});
const request = { model, messages: [{ role: "user", content: QUESTION }], maxTokens: 64 };

const answer = await client.confidentialChat.create(request);

const chunks = [];
for await (const event of await client.confidentialChat.createStream(request)) {
  chunks.push(event.data);
}

console.log(JSON.stringify({ answer, chunks, exchanges }));
