use actix_cors::Cors;

pub fn cors() -> Cors {
    Cors::default()
        .allowed_origin("https://app.example.com")
        .allowed_origin_fn(|origin, _| origin.to_str().is_ok_and(|origin| origin.starts_with("http://localhost:")))
        .allowed_methods(["GET"])
}
