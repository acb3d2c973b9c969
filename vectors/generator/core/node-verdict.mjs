/** The status that goes with each code, docs/PROTOCOL.md section 9. */
const STATUS = {
  INVALID_BODY: 400,
  UNDECRYPTABLE: 400,
  AUTH_ERROR: 401,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  STALE_NODE_KEY: 409,
  REPLAYED_REQUEST: 409,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
};

/** Adds a request that the node opens. */
export function taken(group, scene, comment, flags, request, wire = {}, more = {}) {
  group.valid(comment, flags, { ...scene.wire(request, wire), ...more, status: 200, plaintext: scene.opened(request) });
}

/** Adds a request that the node refuses with `error`. */
export function refused(group, scene, comment, flags, error, request, wire = {}, more = {}) {
  group.invalid(comment, flags, error, { ...scene.wire(request, wire), ...more, status: STATUS[error] });
}
