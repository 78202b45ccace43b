use actix_cors::Cors;

pub fn cors() -> Cors {
    Cors::permissive().allowed_origin("https://app.example.com")
}
