use actix_cors::Cors;
use actix_web::http::header;

pub fn cors() -> Cors {
    Cors::default()
        .allowed_origin("https://app.example.com")
        .allowed_methods(["GET", "DELETE"])
        .allowed_headers([header::CONTENT_TYPE, header::AUTHORIZATION])
        .allowed_header("X-Token")
        .max_age(600)
}
