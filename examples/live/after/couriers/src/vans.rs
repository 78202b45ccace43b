use rocket::{get, launch, routes};
use rocket_cors::{AllowedOrigins, CorsOptions};

#[get("/vans")]
fn vans() -> &'static str {
    "[]"
}

#[launch]
fn rocket() -> _ {
    let origins = AllowedOrigins::some_regex(&[r"^https://(www\.)?shop\.example$"]);
    let options = CorsOptions { allowed_origins: origins, allow_credentials: true, ..Default::default() };
    rocket::build().attach(options.to_cors().expect("settings of CORS")).mount("/", routes![vans])
}
