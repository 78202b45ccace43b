use std::time::Duration;

pub fn cors() -> warp::filters::cors::Builder {
    let cors = warp::cors()
        .allow_origin("https://app.example.com")
        .allow_method("PUT")
        .allow_header("x-test");
    cors.allow_credentials(true).max_age(Duration::from_secs(60))
}
