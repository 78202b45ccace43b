use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::put;
use axum::Router;

async fn save() -> impl IntoResponse {
    ([(header::ACCESS_CONTROL_ALLOW_ORIGIN, "https://app.example.com")], "saved")
}

pub fn app() -> Router {
    Router::new().route("/", put(save))
}
