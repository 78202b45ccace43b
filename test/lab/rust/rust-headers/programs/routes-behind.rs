use axum::extract::Request;
use axum::http::HeaderValue;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use axum::Router;

async fn allow(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert("Access-Control-Allow-Origin", HeaderValue::from_static("https://app.example.com"));
    headers.insert("Access-Control-Allow-Methods", HeaderValue::from_static("GET, PUT"));
    headers.insert("Access-Control-Allow-Headers", HeaderValue::from_static("content-type"));
    response
}

pub fn app() -> Router {
    Router::new()
        .route("/", get(|| async { "items" }).post(|| async { "saved" }).put(|| async { "saved" }))
        .layer(middleware::from_fn(allow))
}
