resource "azurerm_linux_web_app" "returns" {
  name = "shop-returns"
  site_config {
    cors {
      allowed_origins     = ["https://shop.example"]
      support_credentials = true
    }
  }
}
