use actix_cors::Cors;

pub fn cors() -> Cors {
    Cors::default()
        .allowed_origin_fn(|_, _| true)
        .allowed_methods(["GET"])
        .supports_credentials()
}
