datacenter = "eu1"

http_config {
  response_headers {
    Access-Control-Allow-Origin = "https://console.shop.example"
  }
}
