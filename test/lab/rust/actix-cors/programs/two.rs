use actix_cors::Cors;

pub fn cors() -> Cors {
    Cors::default()
        .allowed_origin("https://app.example.com")
        .allowed_origin("https://admin.example.com")
        .allowed_methods(vec!["GET", "PUT"])
        .supports_credentials()
}
