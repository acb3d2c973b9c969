import { CHAT, bodyFor } from '../core/node-request.mjs';
import { refused } from '../core/node-verdict.mjs';

/** Path, method, media type and size. */
export function doorRefusals(group, scene) {
  const no = (comment, error, wire, more = {}) => refused(group, scene, comment, ['Door'], error, scene.request(comment, { body: bodyFor(CHAT) }), wire, more);
  for (const path of ['/', '/v1/confidential', '/v1/chat/completions', `${CHAT}/`, '/v1/Confidential/chat/completions', '/v2/confidential/chat/completions']) {
    no(`path ${path}`, 'NOT_FOUND', { path });
  }
  for (const method of ['PUT', 'DELETE', 'PATCH']) {
    no(`method ${method}`, 'METHOD_NOT_ALLOWED', { method });
  }
  no('no media type', 'UNSUPPORTED_MEDIA_TYPE', { contentType: null });
  for (const contentType of ['text/plain', 'application/octet-stream', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16']) {
    no(`media type ${contentType}`, 'UNSUPPORTED_MEDIA_TYPE', { contentType });
  }
  no('one byte more than the largest size', 'BODY_TOO_LARGE', {}, { paddedTo: scene.fields.maxBodyBytes + 1 });
}
