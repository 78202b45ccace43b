use axum::extract::Request;
use axum::http::{header, HeaderValue};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use axum::Router;

async fn allow(request: Request, next: Next) -> Response {
    let allowed = match request.headers().get("origin").and_then(|value| value.to_str().ok()) {
        Some("https://app.example.com") => Some(HeaderValue::from_static("https://app.example.com")),
        Some(origin) if origin.ends_with("example.org") => HeaderValue::from_str(origin).ok(),
        _ => None,
    };
    let mut response = next.run(request).await;
    if let Some(allowed) = allowed {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
        response.headers_mut().append(header::VARY, HeaderValue::from_static("Origin"));
    }
    response
}

pub fn app() -> Router {
    Router::new().route("/", get(|| async { "items" }).post(|| async { "saved" })).layer(middleware::from_fn(allow))
}
