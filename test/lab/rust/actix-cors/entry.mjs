/** actix-cors around an application of actix-web. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rustHost, whyNoRust } from '../../launchers/rust-host.mjs';

const programs = path.join(path.dirname(fileURLToPath(import.meta.url)), 'programs');
const host = rustHost(
  `use actix_web::{web, App, HttpResponse, HttpServer};

{modules}

fn cors(name: &str) -> actix_cors::Cors {
    match name {
{arms}
        _ => panic!("no such program"),
    }
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let given: Vec<String> = std::env::args().collect();
    let (name, port) = (given[1].clone(), given[2].parse::<u16>().unwrap());
    HttpServer::new(move || {
        App::new().wrap(cors(&name)).default_service(web::to(|| async { HttpResponse::Ok().body("ok") }))
    })
    .workers(1)
    .bind(("127.0.0.1", port))?
    .run()
    .await
}
`,
  (name) => `${name}::cors()`,
);

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'actix-cors 0.7.2 on actix-web 4' }],
  missing: whyNoRust,
  // Names of methods and headers are kept in sets.
  unordered: true,
  start: (run) => host.start(run, programs),
  after: () => host.end(),
};
