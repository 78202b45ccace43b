resource "google_storage_bucket" "invoices" {
  name     = "shop-invoices"
  location = "EU"
  cors {
    origin          = ["https://shop.example/"]
    method          = ["GET"]
    response_header = ["Content-Type"]
    max_age_seconds = 600
  }
}
