use salvo::cors::{AllowHeaders, AllowMethods, Cors};

pub fn cors() -> Cors {
    Cors::new()
        .allow_origin(["https://app.example.com"])
        .allow_methods(AllowMethods::mirror_request())
        .allow_headers(AllowHeaders::mirror_request())
        .allow_credentials(true)
}
