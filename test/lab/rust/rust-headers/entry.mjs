/** Headers by hand in middlewares and handlers of axum. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rustHost, whyNoRust } from '../../launchers/rust-host.mjs';

const programs = path.join(path.dirname(fileURLToPath(import.meta.url)), 'programs');
const host = rustHost(
  `{modules}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let given: Vec<String> = std::env::args().collect();
    let app = match given[1].as_str() {
{arms}
        _ => panic!("no such program"),
    };
    let address = format!("127.0.0.1:{}", given[2]);
    axum::serve(tokio::net::TcpListener::bind(address).await.unwrap(), app).await.unwrap();
}
`,
  (name) => `${name}::app()`,
);

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'axum 0.8.9' }],
  missing: whyNoRust,
  start: (run) => host.start(run, programs),
  /** A route for some methods is not asked with others. */
  answers({ scope }, { method }) {
    const own = /^[A-Z]+(?:, [A-Z]+)*$/.exec(scope)?.[0].split(', ');
    return own === undefined || method === 'OPTIONS' || own.includes(method);
  },
  after: () => host.end(),
};
