use warp::Filter;

#[tokio::main]
async fn main() {
    let cors = warp::cors()
        .allow_origin("https://shop.example")
        .allow_methods(["GET", "PUT"])
        .allow_credentials(true);
    let routes = warp::path("depots").map(|| "[]").with(cors);
    warp::serve(routes).run(([127, 0, 0, 1], 3030)).await;
}
