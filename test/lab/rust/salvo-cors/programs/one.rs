use salvo::cors::Cors;
use salvo::http::Method;

pub fn cors() -> Cors {
    Cors::new().allow_origin("https://app.example.com").allow_methods([Method::GET, Method::DELETE]).allow_credentials(true)
}
