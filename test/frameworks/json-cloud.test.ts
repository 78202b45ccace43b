import assert from 'node:assert/strict';
import fs from 'node:fs';
import {
  isSilentAboutForeignFiles,
  only,
  preflight,
  read,
  readsWithout,
  simple,
  survivesTyping,
} from './json-harness.ts';
import { fixturesOf } from './rooms.ts';
import { verdictOf } from '../../server/src/verdict/analyse.ts';

const samples: Readonly<Record<string, { readonly fixture: string; readonly path?: string }>> = {
  'google-cloud-storage': { fixture: 'never-equal.good.json' },
  'azure-app-service': { fixture: 'site-config.good.json' },
  'azure-functions': {
    fixture: 'local-list.good/local.settings.json',
    path: '/project/local.settings.json',
  },
  cloudformation: { fixture: 'network.good/network.json' },
  serverless: { fixture: 'json.good/serverless.json', path: '/project/serverless.json' },
  firebase: { fixture: 'values.good/firebase.json', path: '/project/firebase.json' },
  'static-web-apps': {
    fixture: 'globals.good/staticwebapp.config.json',
    path: '/project/staticwebapp.config.json',
  },
};

for (const [id, { fixture, path }] of Object.entries(samples)) {
  describe(`${id}, files of others and half-typed ones`, () => {
    it('is silent about foreign files', () => isSilentAboutForeignFiles(id));
    it('survives typing', () =>
      survivesTyping(id, fs.readFileSync(`${fixturesOf(id)}/${fixture}`, 'utf8').slice(0, 1800), path));
  });
}

describe('gateways that answer preflights only', () => {
  const service = (cors: unknown) =>
    only(
      read(
        'serverless',
        JSON.stringify({
          service: 'a',
          provider: { name: 'aws' },
          functions: { f: { events: [{ http: { path: 'x', method: 'put', cors } }] } },
        }),
      ),
    );

  it('says nothing about who reads the response', () => {
    const policy = service({ origin: '*' });
    assert.deepEqual(simple(policy, 'https://any.example'), {
      'access-control-allow-origin': null,
      'access-control-allow-credentials': null,
      vary: null,
    });
    assert.equal(preflight(policy, 'https://any.example', 'PUT').headers['access-control-allow-origin'], '*');
    assert.equal(readsWithout(policy, 'https://any.example'), false);
    assert.equal(verdictOf(policy).anyone, 'unknown');
  });

  it('lets everybody send where one of several origins is a star', () => {
    const verdict = verdictOf(service({ origins: ['*', 'https://a.example'], allowCredentials: true }));
    assert.equal(verdict.anyoneSendsWithCredentials, true);
    assert.equal(verdict.anyoneWithCredentials, 'unknown');
    assert.equal(
      verdictOf(service({ origins: ['https://b.example', 'https://a.example'], allowCredentials: true }))
        .anyoneSendsWithCredentials,
      false,
    );
  });

  it('sends a star beside credentials as it stands', () => {
    const verdict = verdictOf(service({ origin: '*', allowCredentials: true }));
    assert.equal(verdict.wildcardWithCredentialsInPreflight, true);
    assert.equal(verdict.wildcardWithCredentials, 'unknown');
  });
});
