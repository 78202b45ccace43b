use axum::extract::Request;
use axum::http::{header, HeaderValue};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use axum::Router;

async fn allow(request: Request, next: Next) -> Response {
    let Some(origin) = request.headers().get(header::ORIGIN).cloned() else {
        return next.run(request).await;
    };
    let Ok(text) = origin.to_str() else {
        return next.run(request).await;
    };
    if !text.starts_with("https://app.example.com") {
        return next.run(request).await;
    }
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Origin"));
    response
}

pub fn app() -> Router {
    Router::new().route("/", get(|| async { "items" }).post(|| async { "saved" })).layer(middleware::from_fn(allow))
}
