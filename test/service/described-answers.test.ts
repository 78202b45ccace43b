/** What is said of answers, and of those to preflights: what browsers make of them, and not what a list of settings lets one think. */
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

  it('tells the status that a method gives of which a helper writes the headers', async () => {
    const server = `package main

import "net/http"

type api struct{}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.allow(w, r)
	if r.Method == http.MethodOptions {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	_, _ = w.Write([]byte("ok"))
}

func (a *api) allow(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "https://shop.example")
	w.Header().Set("Access-Control-Allow-Methods", "PUT")
}
`;
    assert.equal(await rowOf('/main.go', server, 'Preflight: status'), '204');
  });

  it('tells the status of a response that is made with it', async () => {
    const app = `from flask import Flask, make_response, request

app = Flask(__name__)


@app.route("/basket", methods=["PUT", "OPTIONS"])
def basket():
    answer = make_response("", 204) if request.method == "OPTIONS" else make_response("ok")
    answer.headers["Access-Control-Allow-Origin"] = "https://shop.example"
    answer.headers["Access-Control-Allow-Methods"] = "PUT"
    return answer
`;
    assert.equal(await rowOf('/app.py', app, 'Preflight: status'), '204');
  });

  it("knows the request's method in the JDK's own server", async () => {
    const handler = `import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

public class Basket implements HttpHandler {
    public void handle(HttpExchange exchange) throws java.io.IOException {
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "https://shop.example");
        if ("OPTIONS".equals(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Access-Control-Allow-Methods", "PUT");
            exchange.sendResponseHeaders(204, -1);
            return;
        }
        exchange.sendResponseHeaders(200, -1);
    }
}
`;
    assert.equal(await rowOf('/Basket.java', handler, 'Preflight: status'), '204');
    assert.equal(await rowOf('/Basket.java', handler, 'Preflight: methods'), '`PUT`');
  });

  it('leaves it to the handler what becomes of headers that h3 appends', async () => {
    const app = `import { H3, appendCorsHeaders, appendCorsPreflightHeaders, isPreflightRequest } from 'h3';

const options = { origin: ['https://shop.example'], methods: ['GET', 'PUT'] };
const app = new H3();
app.use((event) => {
  if (isPreflightRequest(event)) {
    appendCorsPreflightHeaders(event, options);
    return '';
  }
  appendCorsHeaders(event, options);
});
`;
    assert.equal(await rowOf('/app.ts', app, 'Preflight: status'), 'decided by the application');
  });
});

describe('what is said of answers', () => {
  it('says who reads what is nothing but an error', async () => {
    const nginx = `server {
    location /gone/ {
        add_header Access-Control-Allow-Origin https://shop.example always;
        return 410;
    }
}
`;
    const row = await rowOf('/nginx.conf', nginx, 'Read without cookies');
    assert.equal(row, 'errors only: `https://shop.example`');
    const kept = await rowOf('/nginx.conf', nginx.replace(' always', ''), 'Read without cookies');
    assert.equal(kept, 'nobody');
  });

  it('knows that a cache mixes up several texts of which the origin chooses one', async () => {
    const netty = `import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;

final class Gateway {
    static CorsConfig cors() {
        return CorsConfigBuilder.forAnyOrigin().allowNullOrigin().build();
    }
}
`;
    const row = 'Caches keep origins apart';
    assert.match((await rowOf('/Gateway.java', netty, row)) ?? '', /^no: /);
    assert.match((await rowOf('/Gateway.java', netty.replace('.allowNullOrigin()', ''), row)) ?? '', /^yes, /);
  });

  it('names the origin that is meant where case is left out of account', async () => {
    const spring = `import org.springframework.web.bind.annotation.*;

@RestController
@CrossOrigin("HTTPS://SHOP.EXAMPLE")
class Products {
    @GetMapping("/products")
    String all() {
        return "products";
    }
}
`;
    assert.equal(await rowOf('/Products.java', spring, 'Read without cookies'), '`https://shop.example`');
  });
});
