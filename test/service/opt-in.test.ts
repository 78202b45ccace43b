/** What is open only once somebody sets a variable of the deployment weighs one step less; what is open or broken without it does not. */
import assert from 'node:assert/strict';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { createTranslator } from '../../server/src/lsp/translation.ts';
import { nodeHost } from '../../server/src/node/host.ts';
import { german } from '../l10n/german.ts';

const linter = createLinter(nodeHost());
const starlette = (test: string) => `import os
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["*"] if ${test} else ["https://a.example.com"])
`;
const express = (test: string) => `const cors = require('cors');
const app = require('express')();
if (${test}) app.use(cors());
`;
const laravel = (test: string) => `<?php
return ['paths' => ['api/*'], 'allowed_origins' => ${test} ? ['*'] : ['https://a.example.com']];
`;
const rack = (test: string) => `Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins(${test} ? "*" : "https://a.example.com")
    resource "*", headers: :any, methods: [:get]
  end
end
`;
const go = (test: string) => `package main

import (
	"net/http"
	"os"
)

func handle(w http.ResponseWriter, r *http.Request) {
	if ${test} {
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}
}
`;
const spring = (usual: string) => `import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.servlet.config.annotation.*;

@Configuration
public class Web implements WebMvcConfigurer {
  @Value("\${cors.open:${usual}}") private boolean open;

  public void addCorsMappings(CorsRegistry registry) {
    if (open) registry.addMapping("/**").allowedOrigins("*");
    else registry.addMapping("/**").allowedOrigins("https://a.example.com");
  }
}
`;
const aspnet = (test: string) => `var builder = WebApplication.CreateBuilder(args);
builder.Services.AddCors(options => options.AddDefaultPolicy(policy =>
{
    if (${test}) policy.AllowAnyOrigin();
    else policy.WithOrigins("https://a.example.com");
}));
var app = builder.Build();
app.UseCors();
`;

const cases: readonly (readonly [path: string, text: string, severity: string])[] = [
  ['main.py', starlette('os.environ.get("OPEN", "False") == "True"'), 'information'],
  ['main.py', starlette('os.getenv("OPEN", "no").lower() in ("1", "true")'), 'information'],
  ['main.py', starlette('os.environ.get("OPEN", "True") == "True"'), 'warning'],
  ['main.py', starlette('os.environ.get("STRICT", "False") != "True"'), 'warning'],
  ['main.py', starlette('os.environ.get("REGION") == "eu"'), 'warning'],
  ['server.js', express(`process.env.CORS_OPEN === 'true'`), 'information'],
  ['server.js', express(`process.env.CORS_OPEN == 1`), 'information'],
  ['server.js', express(`process.env.CORS_OPEN !== 'false'`), 'warning'],
  ['config/cors.php', laravel(`env('CORS_OPEN', false)`), 'information'],
  ['config/cors.php', laravel(`env('CORS_OPEN', true)`), 'warning'],
  ['config/initializers/cors.rb', rack('ENV["CORS_OPEN"] == "true"'), 'information'],
  ['config/initializers/cors.rb', rack('ENV.fetch("CORS_OPEN", "true") == "true"'), 'warning'],
  ['main.go', go('os.Getenv("CORS_OPEN") == "true"'), 'information'],
  ['main.go', go('os.Getenv("CORS_OPEN") != "false"'), 'warning'],
  ['Web.java', spring('false'), 'information'],
  ['Web.java', spring('true'), 'warning'],
  ['Program.cs', aspnet('builder.Configuration.GetValue<bool>("Cors:OPEN")'), 'information'],
  ['Program.cs', aspnet('builder.Configuration.GetSection("Cors").GetValue<bool>("OPEN")'), 'information'],
  ['Program.cs', aspnet('builder.Configuration.GetValue("OPEN", false)'), 'information'],
  ['Program.cs', aspnet('builder.Configuration.GetValue<bool>("OPEN", true)'), 'warning'],
];

describe('what somebody has to switch on', () => {
  for (const [path, text, severity] of cases)
    it(`${path}: ${severity} for ${/.*(?:OPEN|STRICT|REGION|cors\.open).*/.exec(text)?.[0].trim()}`, async () => {
      const { findings } = await linter.lint({ path, text }, defaultSettings);
      assert.deepEqual(
        findings.filter(({ rule }) => rule === 'any-origin').map((finding) => finding.severity),
        [severity],
      );
    });

  it('has its name in the finding, in English and in German', async () => {
    const why = async (path: string, text: string) => {
      const { findings } = await linter.lint({ path, text }, defaultSettings);
      return findings.find(({ rule }) => rule === 'any-origin')?.parts[1] ?? '';
    };
    const first = await why('main.py', starlette('os.environ.get("OPEN", "False") == "True"'));
    assert.match(first, /^This is so only where OPEN is switched on\. /);
    assert.match(createTranslator(german).say(first), /^Das ist nur so, wo OPEN eingeschaltet ist\. /);
    const either = 'os.getenv("OPEN") == "true" or os.getenv("DEMO_CORS") == "1"';
    assert.match(await why('main.py', starlette(either)), /^This is so only where OPEN or DEMO_CORS is switched on\. /);
    assert.match(await why('Web.java', spring('false')), /^This is so only where cors\.open is switched on\. /);
    assert.doesNotMatch(await why('Web.java', spring('true')), /switched on/);
  });

  it('weighs less with cookies too, and what is broken once it is on is as broken', async () => {
    const severities = async (options: string) => {
      const text = `const cors = require('cors');
const app = require('express')();
if (process.env.WITH_CORS === 'true') app.use(cors(${options}));
`;
      const { findings } = await linter.lint({ path: 'server.js', text }, defaultSettings);
      return findings.map(({ rule, severity }) => `${rule}: ${severity}`);
    };
    assert.deepEqual(await severities('{ origin: true, credentials: true }'), ['any-origin-with-credentials: warning']);
    assert.deepEqual(await severities(`{ origin: ['https://a.example.com/'] }`), ['malformed-origin: error']);
    assert.deepEqual(await severities(`{ origin: /example\\.com$/ }`), ['bypassable-origin-check: warning']);
    assert.deepEqual(await severities(`{ origin: ['https://a.example.com'], credentials: true }`), []);
  });
});
