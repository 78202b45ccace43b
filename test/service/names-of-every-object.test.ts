/** Words of a file that are names of every JavaScript object too, where a table has words of its own. */
import assert from 'node:assert/strict';
import { createLinter } from '../../server/src/service/linter.ts';
import { nodeHost } from '../../server/src/node/host.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';

const words = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__'];
const texts: readonly (readonly [path: string, text: (word: string) => string])[] = [
  [
    'buckets.go',
    (word) =>
      [
        'package main',
        'import "github.com/aws/aws-sdk-go-v2/service/s3/types"',
        `var rule = types.CORSRule{AllowedMethods: []string{"${word}"}, AllowedOrigins: []string{"*"}}`,
        'var c = types.CORSConfiguration{CORSRules: []types.CORSRule{rule}}',
      ].join('\n'),
  ],
  [
    'application.conf',
    (word) =>
      `pekko-http-cors {\n  allowed-origins = "*"\n  max-age = 5 ${word}\n}\nakka-http-cors.max-age = 5 ${word}\n`,
  ],
  [
    'nginx.conf',
    (word) =>
      `server {\n  add_header Access-Control-Allow-Origin *;\n  ${word} /a {\n    add_header Access-Control-Allow-Origin *;\n  }\n}\n`,
  ],
  [
    'template.yaml',
    (word) =>
      [
        'Resources:',
        '  Api:',
        '    Type: AWS::ApiGateway::GatewayResponse',
        '    Properties:',
        '      ResponseParameters:',
        `        gatewayresponse.header.Access-Control-Allow-Origin: "'*'"`,
        `        ${word}: "'*'"`,
      ].join('\n'),
  ],
  [
    'Shop.java',
    (word) =>
      `import org.springframework.web.bind.annotation.*;\n\n@CrossOrigin(${word} = "*", origins = "*")\n@RestController\nclass Shop {}\n`,
  ],
  ['app.js', (word) => `require('express')().use(require('cors')({ ${word}: ['https://a.example'] }));\n`],
  [
    'haproxy.cfg',
    (word) => `frontend a\n  bind :80\n  http-response set-header Access-Control-Allow-Origin %[req.hdr(${word})]\n`,
  ],
];

describe('Words that every object has a member of', () => {
  for (const [path, text] of texts)
    it(`are only words in ${path}`, async () => {
      const linter = createLinter(nodeHost());
      for (const word of words) {
        const result = await linter.lint({ path: `/${path}`, text: text(word) }, defaultSettings);
        linter.release(result.memory);
        assert.equal(result.problems, undefined, word);
        assert.notDeepEqual(result.policies, [], word);
        const said = JSON.stringify([result.findings, result.policies.map(({ title, scope }) => [title, scope])]);
        assert.equal(/native code|NaN|\[object/.exec(said)?.input, undefined, word);
      }
    });
});
