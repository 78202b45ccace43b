resource "cloudflare_ruleset" "answers" {
  zone_id = var.zone
  name    = "answers"
  kind    = "zone"
  phase   = "http_response_headers_transform"
  rules = [{
    action     = "rewrite"
    expression = "(http.host eq \"api.shop.example\")"
    action_parameters = {
      headers = {
        "Access-Control-Allow-Origin" = {
          operation = "set"
          value     = "https://shop.example"
        }
        "Access-Control-Allow-Credentials" = { operation = "set", value = "true" }
      }
    }
  }]
}
