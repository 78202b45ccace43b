use actix_cors::Cors;

pub fn cors() -> Cors {
    Cors::default()
        .allowed_origin_fn(|origin, _head| origin.as_bytes().ends_with(b".example.com"))
        .allowed_methods(["GET"])
}
