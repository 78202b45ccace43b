/** What is said of preflights: what browsers make of the answers, and not what a list of settings lets one think. */
import assert from 'node:assert/strict';
import { nodeHost } from '../../server/src/node/host.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { describePolicy } from '../../server/src/service/describe-policy.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';

const linter = createLinter(nodeHost());

/** The row of the first policy of this text. */
async function rowOf(path: string, text: string, name: string): Promise<string | undefined> {
  const { policies } = await linter.lint({ path, text }, defaultSettings);
  return describePolicy(policies[0]!, text).rows.find((row) => row.name === name)?.value;
}

describe('what is said of preflights', () => {
  const methodsIn = async (options: string): Promise<string | undefined> =>
    rowOf(
      '/main.go',
      `package main

import (
	"net/http"

	"github.com/rs/cors"
)

func main() {
	c := cors.New(cors.Options{AllowedOrigins: []string{"https://shop.example"}, ${options}})
	_ = http.ListenAndServe(":8080", c.Handler(http.NotFoundHandler()))
}
`,
      'Preflight: methods',
    );

  it('takes the one method of a list for no echo', async () => {
    const app = `from quart import Quart
from quart_cors import cors

app = cors(Quart(__name__), allow_origin="https://shop.example", allow_methods=["PUT"])
`;
    assert.equal(await rowOf('/app.py', app, 'Preflight: methods'), '`PUT`');
  });

  it('lists the methods that are told back one by one', async () => {
    assert.equal(await methodsIn('AllowedMethods: []string{"GET", "PUT"}'), '`GET, PUT`');
    assert.equal(await methodsIn('AllowedMethods: []string{"PATCH"}'), '`PATCH`');
  });
});
