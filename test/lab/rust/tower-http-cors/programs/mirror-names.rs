use tower_http::cors::{AllowHeaders, AllowMethods, CorsLayer};

pub fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(["https://app.example.com".parse().unwrap()])
        .allow_headers(AllowHeaders::mirror_request())
        .allow_methods(AllowMethods::mirror_request())
}
