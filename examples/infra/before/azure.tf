resource "azurerm_linux_web_app" "returns" {
  name = "shop-returns"
  site_config {
    cors {
      allowed_origins     = ["*"]
      support_credentials = false
    }
  }
}
