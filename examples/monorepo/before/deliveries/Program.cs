// The service that tells customers where their parcel is, used by the shop and by the couriers' own pages.
var builder = WebApplication.CreateBuilder(args);

builder.Services.AddCors(options =>
    options.AddPolicy("pages", policy => policy
        .SetIsOriginAllowed(origin => new Uri(origin).Host.EndsWith("shop.example"))
        .AllowAnyHeader()
        .AllowCredentials()));

var app = builder.Build();

app.UseAuthorization();
app.UseCors("pages");

app.MapGet("/deliveries/{id}", (string id) => Results.Ok(new { id, state = "on its way" })).RequireAuthorization();

app.Run();
