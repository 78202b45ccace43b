import assert from 'node:assert/strict';
import {
  edited,
  isSilentAboutForeignFiles,
  only,
  preflight,
  read,
  readsWithCookies,
  readsWithout,
  simple,
  survivesTyping,
} from './json-harness.ts';

const rule = (fields: object) => JSON.stringify([{ AllowedMethods: ['GET', 'PUT'], ...fields }], null, 2);
const policyOf = (fields: object) => only(read('aws-s3', rule(fields)));

describe('Amazon S3', () => {
  it('sends a literal star, and no credentials, where everybody is let in', () => {
    const policy = policyOf({ AllowedOrigins: ['*'], ExposeHeaders: ['ETag'] });
    assert.deepEqual(simple(policy, 'https://any.example'), {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'ETag',
      vary: 'Origin',
    });
    assert.equal(policy.settings.credentials.value, false);
    assert.equal(simple(policy, null)['access-control-allow-origin'], undefined);
  });

  it('echoes a listed origin with credentials', () => {
    const policy = policyOf({ AllowedOrigins: ['https://app.example.com', 'https://*.example.org'] });
    assert.deepEqual(simple(policy, 'https://app.example.com'), {
      'access-control-allow-origin': 'https://app.example.com',
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    });
    assert.ok(readsWithCookies(policy, 'https://a.b.example.org'));
    for (const origin of [
      'https://example.org',
      'http://app.example.com',
      'https://app.example.com.evil.example',
      'null',
    ])
      assert.equal(readsWithout(policy, origin), false, origin);
  });

  it('takes one star anywhere in an origin', () => {
    const policy = policyOf({ AllowedOrigins: ['http*://example.com'] });
    assert.ok(readsWithCookies(policy, 'https://example.com'));
    assert.ok(readsWithCookies(policy, 'http://example.com'));
    assert.equal(readsWithout(policy, 'https://example.com.evil.example'), false);
    assert.equal(policy.settings.origins.value[0]!.matching, 'wildcard');
  });

  it('never lets in an origin with a trailing slash', () => {
    const policy = policyOf({ AllowedOrigins: ['https://app.example.com/'] });
    assert.equal(readsWithout(policy, 'https://app.example.com'), false);
    assert.equal(policy.settings.origins.value[0]!.matching, 'exact');
  });

  it('answers a preflight for listed methods and headers only', () => {
    const policy = policyOf({
      AllowedOrigins: ['https://app.example.com'],
      AllowedHeaders: ['Content-Type'],
      MaxAgeSeconds: 600,
    });
    const allowed = preflight(policy, 'https://app.example.com', 'PUT', ['content-type']);
    assert.equal(allowed.status, 200);
    assert.equal(allowed.headers['access-control-allow-methods'], 'GET, PUT');
    assert.equal(allowed.headers['access-control-allow-headers'], 'content-type');
    assert.equal(allowed.headers['access-control-max-age'], '600');
    for (const refused of [
      preflight(policy, 'https://app.example.com', 'DELETE'),
      preflight(policy, 'https://app.example.com', 'PUT', ['x-other']),
      preflight(policy, 'https://app.example.com', 'PUT', ['content-type', 'x-other']),
      preflight(policy, 'https://evil.example', 'PUT'),
    ]) {
      assert.equal(refused.status, 403);
      assert.equal(refused.headers['access-control-allow-origin'], undefined);
    }
  });

  it('answers `*` among the headers by what was asked for', () => {
    const policy = policyOf({ AllowedOrigins: ['https://app.example.com'], AllowedHeaders: ['*'] });
    assert.equal(
      preflight(policy, 'https://app.example.com', 'PUT', ['authorization', 'x-amz-date']).headers[
        'access-control-allow-headers'
      ],
      'authorization,x-amz-date',
    );
    assert.equal(policy.settings.allowedHeaders?.value, null);
  });

  it('says what S3 does not take', () => {
    assert.match(policyOf({ AllowedOrigins: ['https://*.*.example.com'] }).refusesToStart!, /more than one wildcard/);
    assert.match(policyOf({ AllowedOrigins: ['*'], AllowedMethods: ['GET', 'OPTIONS'] }).refusesToStart!, /OPTIONS/);
    assert.match(policyOf({ AllowedOrigins: ['*'], ExposeHeaders: ['*'] }).refusesToStart!, /ExposeHeader/);
    assert.equal(policyOf({ AllowedOrigins: ['*'] }).refusesToStart, undefined);
  });

  it('reads the forms of the command line', () => {
    for (const text of [
      '{"CORSRules":[{"AllowedOrigins":["*"],"AllowedMethods":["GET"]}]}',
      '{"CORSConfiguration":{"CORSRules":[{"AllowedOrigins":["*"]}]}}',
    ])
      assert.equal(read('aws-s3', text).policies.length, 1);
    assert.equal(read('aws-s3', '{"CORSRules":[]}').policies.length, 0);
  });

  it('leaves what a deploy step fills in unknown', () => {
    const policy = policyOf({ AllowedOrigins: ['${APP_ORIGIN}'] });
    assert.equal(policy.settings.origins.value[0]!.kind, 'unknown');
    assert.equal(readsWithout(policy, 'https://evil.example'), false);
  });

  it('writes an allowlist in the layout of the file', () => {
    const text =
      '[\r\n\t{\r\n\t\t"AllowedOrigins": [\r\n\t\t\t"*"\r\n\t\t],\r\n\t\t"AllowedMethods": ["GET"]\r\n\t}\r\n]';
    const written = edited(
      text,
      only(read('aws-s3', text)).edits.allowOnly?.(['https://a.example', 'https://b.example']),
    );
    assert.equal(written, text.replace('"*"', '"https://a.example",\r\n\t\t\t"https://b.example"'));
  });

  it('keeps named origins where only a placeholder could be offered', () => {
    const text = '[{"AllowedOrigins": ["*", "https://a.example"], "AllowedMethods": ["GET"]}]';
    assert.equal(
      edited(
        text,
        only(read('aws-s3', text)).edits.allowOnly?.(['https://app.example.com'], 'https://app.example.com'),
      ),
      text.replace('"*", ', ''),
    );
  });

  it('inserts origins where there are none, and removes an entry with its comma', () => {
    const named = '{"CORSRules": [{"AllowedMethods": ["GET"]}]}';
    assert.equal(
      edited(named, only(read('aws-s3', named)).edits.allowOnly?.(['https://a.example'])),
      '{"CORSRules": [{"AllowedOrigins": ["https://a.example"], "AllowedMethods": ["GET"]}]}',
    );
    const several = '[{"AllowedOrigins": ["https://a.example", "null"], "AllowedMethods": ["GET"]}]';
    assert.equal(
      edited(several, only(read('aws-s3', several)).settings.origins.value[1]!.edits?.remove?.()),
      several.replace(', "null"', ''),
    );
  });

  it('is silent about foreign files', () => isSilentAboutForeignFiles('aws-s3'));

  it('survives typing', () =>
    survivesTyping(
      'aws-s3',
      rule({ AllowedOrigins: ['*', 'https://*.example.com'], AllowedHeaders: ['*'], MaxAgeSeconds: 600 }),
    ));
});
