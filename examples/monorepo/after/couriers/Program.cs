// Where the couriers are, for the map on the page of a parcel.
var app = WebApplication.Create(args);
var pages = new HashSet<string> { "https://shop.example", "https://couriers.shop.example" };

app.Use(async (context, next) =>
{
    var origin = context.Request.Headers.Origin.ToString();
    context.Response.Headers.Append("Vary", "Origin");
    if (pages.Contains(origin))
    {
        context.Response.Headers["Access-Control-Allow-Origin"] = origin;
        context.Response.Headers["Access-Control-Allow-Credentials"] = "true";
    }
    await next();
});

app.MapGet("/couriers", () => Results.Ok(new[] { new { id = 7, at = "Harbour Street" } }));

app.Run();
