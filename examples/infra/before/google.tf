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

variable "download_origins" {
  type = list(string)
}

resource "google_storage_bucket" "downloads" {
  name     = "shop-downloads"
  location = "EU"
  cors {
    origin = var.download_origins
    method = ["GET"]
  }
}
