// What the tests expect of an answer, with the whole answer in the message when
// they do not get it.

import assert from "node:assert/strict";
import { inspect } from "node:util";

// check fails with the whole answer in the message.
export function check(answer, condition, sentence) {
  assert.ok(condition, `${sentence}; the answer was ${inspect(answer, { depth: 8 })}`);
}

// equal compares a part of an answer, and fails with all of it.
export function equal(answer, got, want, what) {
  assert.deepEqual(got, want, `${what} = ${inspect(got)}, want ${inspect(want)}; the answer was ${inspect(answer, { depth: 8 })}`);
}

// noDuplicates wants every item to have an id of its own.
export function noDuplicates(items) {
  const ids = items.map((item) => item.id);
  equal(ids, new Set(ids).size, ids.length, "number of different ids");
}
