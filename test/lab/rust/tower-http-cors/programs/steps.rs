use axum::http::Method;
use tower_http::cors::CorsLayer;

pub fn cors() -> CorsLayer {
    let mut layer = CorsLayer::new().allow_credentials(true);
    layer = layer.allow_origin(["https://app.example.com".parse().unwrap()]);
    let layer = layer.allow_methods([Method::PATCH]);
    layer
}
