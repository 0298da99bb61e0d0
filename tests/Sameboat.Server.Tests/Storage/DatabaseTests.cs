namespace Sameboat.Server.Tests.Storage;

/// <summary>One PostgreSQL for all storage tests; each test has a database of its own.</summary>
[CollectionDefinition(Name)]
public sealed class DatabaseTests : ICollectionFixture<PostgresServer>
{
    public const string Name = "databases";
}
