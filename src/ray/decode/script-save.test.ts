import { expect, test } from 'vitest';
import { readScriptSave, UnreadableSave } from './script-save.ts';

const id = '"virtualClusterId":"odd"';
const save = { clusterId: 'odd', divisible: false, replicaSets: {}, revision: '0' };

/** As Ant Ray's handler reads them, tried with its own code and protobuf messages. */
test.each<[string, Partial<Record<keyof typeof save, unknown>>]>([
  [`{${id}}`, {}],
  [`{${id},"mode":NaN,"x":[-Infinity,{"y":1e999}]}`, {}],
  [`{"virtualClusterId":"other",${id}}`, {}],
  ['{"virtualClusterId":"\\u006fd\\u0064"}', {}],
  ['[["virtualClusterId","no"],["virtualClusterId","odd"]]', {}],
  ['{"virtualClusterId":" odd "}', { clusterId: ' odd ' }],
  ['{"virtualClusterId":"\\ud83d\\ude00"}', { clusterId: '😀' }],
  ['{"virtualClusterId":"__proto__"}', { clusterId: '__proto__' }],
  [`{${id},"divisible":true}`, { divisible: true }],
  [`{${id},"divisible":"tRUE"}`, { divisible: true }],
  [`{${id},"divisible":" true"}`, {}],
  [`{${id},"divisible":"yes"}`, {}],
  [`{${id},"divisible":1}`, {}],
  [`{${id},"divisible":[true]}`, {}],
  [`{${id},"divisible":true,"divisible":null}`, {}],
  [`{${id},"replicaSets":null}`, {}],
  [`{${id},"replicaSets":[]}`, {}],
  [`{${id},"replicaSets":""}`, {}],
  [`{${id},"replicaSets":{"4c8g":2,"8c16g":0}}`, { replicaSets: { '4c8g': 2, '8c16g': 0 } }],
  [`{${id},"replicaSets":[["4c8g",2]]}`, { replicaSets: { '4c8g': 2 } }],
  [`{${id},"replicaSets":[["4c8g",2],["4c8g",3]]}`, { replicaSets: { '4c8g': 3 } }],
  [`{${id},"replicaSets":[["4c8g",-1],["4c8g",3]]}`, { replicaSets: { '4c8g': 3 } }],
  [`{${id},"replicaSets":{"4c8g":1},"replicaSets":{"8c16g":2}}`, { replicaSets: { '8c16g': 2 } }],
  [`{${id},"replicaSets":{"revision":2}}`, { replicaSets: { revision: 2 } }],
  [`{${id},"replicaSets":{"4c8g":-0}}`, { replicaSets: { '4c8g': 0 } }],
  [`{${id},"replicaSets":{"4c8g":2147483647}}`, { replicaSets: { '4c8g': 2_147_483_647 } }],
  [`{${id},"revision":1795469080484243902}`, { revision: '1795469080484243902' }],
  [`{${id},"revision":18446744073709551615}`, { revision: '18446744073709551615' }],
  [`{${id},"revision":" 1795469080484243902\\n"}`, { revision: '1795469080484243902' }],
  [`{${id},"revision":"+1_795"}`, { revision: '1795' }],
  [`{${id},"revision":"00012"}`, { revision: '12' }],
  [`{${id},"revision":"-0"}`, {}],
  [`{${id},"revision":1.795469080484243902e18}`, { revision: '1795469080484243968' }],
  [`{${id},"revision":2.0}`, { revision: '2' }],
  [`{${id},"revision":1.9}`, { revision: '1' }],
  [`{${id},"revision":-0.5}`, {}],
  [`{${id},"revision":1e3}`, { revision: '1000' }],
  [`{${id},"revision":true}`, { revision: '1' }],
  [`{${id},"revision":false}`, {}],
  [`{${id},"revision":7,"revision":8}`, { revision: '8' }],
])('%s', (body, expected) => {
  const read = readScriptSave(body);
  expect(read).toEqual({ ...save, ...expected });
  // What is sent says the same to the next reader.
  expect(readScriptSave(JSON.stringify({ ...read, virtualClusterId: read.clusterId }))).toEqual(read);
});

/** What crashes Ray's handler, what Ray refuses for its form, and rare forms that the console doesn't read. */
test.each<[string, string, (string | null)?]>([
  ['', 'The body is not JSON, or is nested too deeply.'],
  [`{${id}`, 'The body is not JSON, or is nested too deeply.'],
  ['null', 'The body must be a JSON object.'],
  ['"x"', 'The body must be a JSON object.'],
  ['5', 'The body must be a JSON object.'],
  ['[5]', 'The body must be a JSON object.'],
  ['["ab"]', 'The body must be a JSON object.'],
  ['[]', 'virtualClusterId is missing.'],
  ['{"virtualclusterid":"odd"}', 'virtualClusterId is missing.'],
  ['{"virtualClusterId":5}', 'virtualClusterId must be text.'],
  ['{"virtualClusterId":["odd"]}', 'virtualClusterId must be text.'],
  ['{"virtualClusterId":null}', 'Invalid request, the virtual cluster id is empty.', null],
  ['{"virtualClusterId":""}', 'Invalid request, the virtual cluster id is empty.', ''],
  ['{"virtualClusterId":"a\\ud800"}', 'virtualClusterId has half of a surrogate pair, which is no text.'],
])('%s: %s', (body, message, clusterId) => {
  expect(() => readScriptSave(body)).toThrow(new UnreadableSave(message, clusterId));
});

const SETS = 'replicaSets must be an object of counts by template.';
const COUNTS = 'replicaSets must hold whole numbers from 0 to 2147483647, not in quotes.';
const REVISION = 'revision must be a whole number from 0 to 18446744073709551615.';
test.each([
  ['"replicaSets":5', SETS],
  ['"replicaSets":false', SETS],
  ['"replicaSets":"4c8g"', SETS],
  ['"replicaSets":["4c8g"]', SETS],
  ['"replicaSets":[["4c8g",1,2]]', SETS],
  ['"replicaSets":[[4,1]]', SETS],
  ['"replicaSets":{"4c8g":"1"}', COUNTS],
  ['"replicaSets":{"4c8g":1.0}', COUNTS],
  ['"replicaSets":{"4c8g":1e3}', COUNTS],
  ['"replicaSets":{"4c8g":true}', COUNTS],
  ['"replicaSets":{"4c8g":null}', COUNTS],
  ['"replicaSets":{"4c8g":NaN}', COUNTS],
  ['"replicaSets":{"4c8g":[1]}', COUNTS],
  ['"replicaSets":{"4c8g":-1}', COUNTS],
  ['"replicaSets":{"4c8g":2147483648}', COUNTS],
  ['"replicaSets":{"4c8g":99999999999999999999}', COUNTS],
  ['"replicaSets":[["4c8g",true],["4c8g",1]]', COUNTS],
  ['"replicaSets":[["4c8g",2147483648],["4c8g",1]]', COUNTS],
  ['"replicaSets":{"":1}', 'Invalid request, template_id is empty.'],
  ['"replicaSets":{"\\udc00":1}', 'A template in replicaSets has half of a surrogate pair, which is no text.'],
  ['"revision":null', REVISION],
  ['"revision":-1', REVISION],
  ['"revision":"-1"', REVISION],
  ['"revision":18446744073709551616', REVISION],
  ['"revision":1e20', REVISION],
  ['"revision":NaN', REVISION],
  ['"revision":1e999', REVISION],
  ['"revision":""', REVISION],
  ['"revision":" "', REVISION],
  ['"revision":"1.5"', REVISION],
  ['"revision":"1__0"', REVISION],
  ['"revision":"+-1"', REVISION],
  ['"revision":"0x10"', REVISION],
  ['"revision":"\\u0661"', REVISION],
  ['"revision":[]', REVISION],
])('%s: %s', (member, message) => {
  expect(() => readScriptSave(`{${id},${member}}`)).toThrow(new UnreadableSave(message, 'odd'));
});
