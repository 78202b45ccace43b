using System.Web.Http;
using System.Web.Http.Cors;

namespace Shop.Accounting
{
    // The old accounting, which the admin's pages still ask for invoices.
    public static class WebApiConfig
    {
        public static void Register(HttpConfiguration config)
        {
            config.EnableCors(new EnableCorsAttribute("https://admin.shop.example", "*", "GET,POST") { SupportsCredentials = true });
            config.MapHttpAttributeRoutes();
        }
    }
}
