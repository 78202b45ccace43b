/** Fairings of rocket_cors for an application of Rocket. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rustHost, whyNoRust } from '../../launchers/rust-host.mjs';

const programs = path.join(path.dirname(fileURLToPath(import.meta.url)), 'programs');
const host = rustHost(
  `{modules}

#[rocket::get("/")]
fn read() -> &'static str {
    "ok"
}

#[rocket::post("/")]
fn write() -> &'static str {
    "ok"
}

fn main() {
    let given: Vec<String> = std::env::args().collect();
    let cors = match given[1].as_str() {
{arms}
        _ => panic!("no such program"),
    };
    let config = rocket::Config {
        port: given[2].parse().unwrap(),
        log_level: rocket::config::LogLevel::Off,
        ..rocket::Config::debug_default()
    };
    let routes = rocket::routes![read, write];
    rocket::execute(rocket::custom(config).mount("/", routes).attach(cors).launch()).unwrap();
}
`,
  (name) => `${name}::cors()`,
);

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'rocket_cors 0.6.0 on Rocket 0.5.2' }],
  missing: whyNoRust,
  // Names of methods and headers are kept in sets.
  unordered: true,
  // What the fairing leaves alone is answered by the router, which has no route for OPTIONS, PUT and DELETE.
  ownStatuses: false,
  // Its messages are those of a `Result` that is unwrapped.
  refusal: /ended before it listened/,
  start: (run) => host.start(run, programs),
  after: () => host.end(),
};
