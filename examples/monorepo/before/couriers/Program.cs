// Where the couriers are, for the map on the page of a parcel.
var app = WebApplication.Create(args);

app.Use(async (context, next) =>
{
    context.Response.Headers["Access-Control-Allow-Origin"] = context.Request.Headers["Origin"];
    context.Response.Headers["Access-Control-Allow-Credentials"] = "true";
    await next();
});

app.MapGet("/couriers", () => Results.Ok(new[] { new { id = 7, at = "Harbour Street" } }));

app.Run();
