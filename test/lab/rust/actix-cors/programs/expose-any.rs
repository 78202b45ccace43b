use actix_cors::Cors;

pub fn cors() -> Cors {
    Cors::default().allowed_origin("https://app.example.com").allowed_methods(["GET"]).expose_any_header()
}
