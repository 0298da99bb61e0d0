using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Tests.Storage;

public sealed class ConnectionPoolTests
{
    [Theory]
    [InlineData("Host=db", NodeDatabase.ConnectionsMax)]
    [InlineData("Host=db;Maximum Pool Size=7", 7)]
    [InlineData("Host=db;MaxPoolSize=100", 100)]
    public async Task A_node_leaves_connections_of_a_PostgreSQL_to_others_unless_it_is_told(string given, int most)
    {
        await using var db = NodeDatabase.Postgres(given).Open();

        new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()).MaxPoolSize.ShouldBe(most);
    }
}
