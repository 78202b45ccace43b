use actix_cors::Cors;
use actix_web::{web, App, HttpServer};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| {
        let cors = Cors::default()
            .allowed_origin("https://admin.shop.example")
            .allowed_methods(["GET", "PUT"])
            .supports_credentials();
        App::new().wrap(cors).route("/counts", web::get().to(counts))
    })
    .bind(("127.0.0.1", 8080))?
    .run()
    .await
}

async fn counts() -> &'static str {
    "[]"
}
