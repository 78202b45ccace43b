/**
 * Resource templates of Azure Storage: the rules in them are given to the blob service of Azurite, Microsoft's own
 * emulator, which is then asked for a blob.
 */
import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import { sharedServer, startForwarding } from '../../../launchers/forward.mjs';
import { fileOf } from '../../../launchers/packages.mjs';
import { answersFor } from '../../../runner/storage-rules.mjs';

/** Each program has one until all have had their turn. */
const accounts = Array.from({ length: 64 }, (_, index) => `lab${index}`);
let next = 0;
const key = Buffer.from('a key that is good enough for a lab').toString('base64');
const version = '2024-11-04';
const blob = '/web/file.txt';

const azurite = sharedServer((port) => ({
  command: process.execPath,
  env: { AZURITE_ACCOUNTS: accounts.map((account) => `${account}:${key}`).join(';') },
  args: [
    fileOf('azurite', 'dist/src/blob/main.js'),
    '--silent',
    '--inMemoryPersistence',
    '--disableTelemetry',
    '--skipApiVersionCheck',
    '--blobHost',
    '127.0.0.1',
    '--blobPort',
    String(port),
  ],
}));

const rulesIn = (text) => JSON.parse(text).resources[0].properties.cors.corsRules;

/** @type {import('../../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'Azurite 3.35.0' }],
  ownStatuses: false,
  answers: answersFor((text) => rulesIn(text).length),
  pathOf: () => blob,
  departures: [
    // https://learn.microsoft.com/rest/api/storageservices/cross-origin-resource-sharing--cors--support-for-the-azure-storage-services
    {
      why:
        'Azurite leaves `Vary` away where a request has no Origin; the service sends it once there are ' +
        'rules, as its table about that header says',
      headers: ['vary'],
      when: ({ origin }) => origin === null,
    },
  ],
  async start({ file, port }) {
    const to = await azurite.port();
    const account = accounts[next++ % accounts.length];
    await put(to, account, '/web?restype=container', '', { 'x-ms-blob-public-access': 'blob' }).catch((error) => {
      if (!error.message.includes('ContainerAlreadyExists')) throw error;
    });
    await put(to, account, blob, 'a file', { 'x-ms-blob-type': 'BlockBlob' });
    await put(to, account, '/?restype=service&comp=properties', propertiesWith(rulesIn(fs.readFileSync(file, 'utf8'))));
    return startForwarding({ port, to, prefix: `/${account}` });
  },
  after: () => azurite.close(),
};

function propertiesWith(rules) {
  const cors = `<Cors>${rules.map(ruleElement).join('')}</Cors>`;
  return `<?xml version="1.0" encoding="utf-8"?><StorageServiceProperties>${cors}</StorageServiceProperties>`;
}

function ruleElement({ allowedOrigins, allowedMethods, allowedHeaders, exposedHeaders, maxAgeInSeconds }) {
  const list = (name, values) => `<${name}>${values.join(',')}</${name}>`;
  const members = [
    list('AllowedOrigins', allowedOrigins),
    list('AllowedMethods', allowedMethods),
    list('AllowedHeaders', allowedHeaders),
    list('ExposedHeaders', exposedHeaders),
    `<MaxAgeInSeconds>${maxAgeInSeconds}</MaxAgeInSeconds>`,
  ];
  return `<CorsRule>${members.join('')}</CorsRule>`;
}

/**
 * One request of the management interface, signed with the account's key.
 * https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key
 */
async function put(port, account, target, body, headers = {}) {
  const url = new URL(`http://127.0.0.1:${port}/${account}${target}`);
  const own = { 'x-ms-date': new Date().toUTCString(), 'x-ms-version': version, ...headers };
  const parameters = [...url.searchParams]
    .sort()
    .map(([name, value]) => `\n${name}:${value}`)
    .join('');
  const canonical = Object.entries(own)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`)
    .join('');
  const length = Buffer.byteLength(body);
  const signed =
    `PUT\n\n\n${length === 0 ? '' : length}\n\napplication/octet-stream\n\n\n\n\n\n\n` +
    `${canonical}/${account}${url.pathname}${parameters}`;
  const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(signed, 'utf8').digest('base64');
  const response = await fetch(url, {
    method: 'PUT',
    body,
    headers: { ...own, 'Content-Type': 'application/octet-stream', Authorization: `SharedKey ${account}:${signature}` },
  });
  if (!response.ok)
    throw new Error(`Azurite answers ${response.status} to ${target}: ${(await response.text()).slice(0, 500)}`);
}
