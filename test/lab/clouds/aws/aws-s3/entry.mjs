/** CORS rules of buckets, given to s3rver, which implements the comparison of Amazon S3; Amazon S3 itself is not asked. */
import fs from 'node:fs';
import { sharedServer, startForwarding } from '../../../launchers/forward.mjs';
import { fileOf } from '../../../launchers/packages.mjs';
import { temporaryFolder } from '../../../launchers/processes.mjs';
import { answersFor } from '../../../runner/storage-rules.mjs';

let next = 0;
const { folder: directory, remove } = temporaryFolder('s3rver');
const s3rver = sharedServer((port) => ({
  command: process.execPath,
  args: [
    fileOf('s3rver', 'bin/s3rver.js'),
    '--address',
    '127.0.0.1',
    '--port',
    String(port),
    '--directory',
    directory,
    '--silent',
  ],
}));

const rulesIn = (text) => {
  const content = JSON.parse(text);
  return Array.isArray(content) ? content : (content.CORSRules ?? content.CORSConfiguration.CORSRules);
};
const opens = ({ settings }) => settings.origins.value.some(({ kind }) => kind === 'any');

/** @type {import('../../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 's3rver 3.7.1' }],
  ownStatuses: false,
  answers: answersFor((text) => rulesIn(text).length),
  pathOf: () => '/file.txt',
  departures: [
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html and .../API/RESTOPTIONSobject.html
    // show what the service sends.
    {
      why:
        's3rver answers every preflight with `*` and without credentials and a time; the service names the ' +
        'origin, with credentials, unless the rule says `*`, as its reference of OPTIONS object shows',
      headers: [
        'access-control-allow-origin',
        'access-control-allow-credentials',
        'access-control-max-age',
        'access-control-expose-headers',
      ],
      when: ({ preflight }, policy, received) => preflight !== undefined && received.status === 200,
    },
    {
      why: 's3rver sends credentials beside `*`, and the time on every answer, of which neither makes a difference to a browser',
      headers: ['access-control-max-age', 'access-control-allow-credentials'],
      when: ({ preflight }, policy) => preflight === undefined && opens(policy),
    },
    {
      why: 's3rver sends the time on every answer, where no browser looks for it',
      headers: ['access-control-max-age'],
      when: ({ preflight }) => preflight === undefined,
    },
    {
      why:
        's3rver takes a request without Origin for one of everybody; the service sends these headers to ' +
        'nobody who has none, as its guide says',
      headers: ['access-control-allow-origin', 'access-control-allow-credentials', 'access-control-expose-headers'],
      when: ({ origin }) => origin === null,
    },
    {
      why: 's3rver sends `Vary` only where a rule fits',
      headers: ['vary'],
      when: (request, policy, received) => !received.headers.has('access-control-allow-origin'),
    },
  ],
  async start({ file, port }) {
    const to = await s3rver.port();
    const bucket = `lab-${next++}`;
    const rules = rulesIn(fs.readFileSync(file, 'utf8')).map(ruleElement).join('');
    for (const [target, body] of [
      ['', ''],
      ['?cors', `<CORSConfiguration>${rules}</CORSConfiguration>`],
      ['/file.txt', 'a file'],
    ]) {
      const response = await fetch(`http://127.0.0.1:${to}/${bucket}${target}`, { method: 'PUT', body });
      if (!response.ok)
        throw new Error(`s3rver answers ${response.status} to ${target}: ${(await response.text()).slice(0, 500)}`);
    }
    return startForwarding({ port, to, prefix: `/${bucket}` });
  },
  async after() {
    await s3rver.close();
    remove();
  },
};

function ruleElement(rule) {
  const elements = (name, values) =>
    [values ?? []]
      .flat()
      .map((value) => `<${name}>${String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}>`)
      .join('');
  const members = [
    elements('ID', rule.ID),
    elements('AllowedOrigin', rule.AllowedOrigins),
    elements('AllowedMethod', rule.AllowedMethods),
    elements('AllowedHeader', rule.AllowedHeaders),
    elements('ExposeHeader', rule.ExposeHeaders),
    elements('MaxAgeSeconds', rule.MaxAgeSeconds),
  ];
  return `<CORSRule>${members.join('')}</CORSRule>`;
}
