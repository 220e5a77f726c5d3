namespace Munshi.Ledger.Tests.Notes;

/// <summary>Worked values of a log and a witness, computed with another implementation of the C2SP specifications.</summary>
internal static class WorkedNotes
{
    public const string LogName = "vault.example/t/acme";

    /// <summary>SHA-256 of &quot;tlog.md example log key&quot;.</summary>
    public const string LogSeed = "0f79f3ddcd4d95ea8cc615e05761befd1bc4b05247bcfcac8e8c4757760e9f73";

    public const string LogPublicKey = "29d57da0a9e60e7133675e90efaa2dac46ffd194710ce870d69ad0779d5c1ebf";

    /// <summary>Its base64 holds a plus.</summary>
    public const string LogKey = "vault.example/t/acme+5ec444ad+ASnVfaCp5g5xM2dekO+qLaxG/9GUcQzocNaa0HedXB6/";

    /// <summary>The same key as type 0x04.</summary>
    public const string LogKeyIdAsCosigner = "3b4ae034";

    /// <summary>SHA-256 of &quot;tlog.md example witness key&quot;.</summary>
    public const string WitnessSeed = "d4b3a4fb5ccfe835ce0188a04f34193d3e11e740fd43b148263e3ea0e0ff66cd";

    public const string WitnessPublicKey = "07a6c7875480cb2f96aa0d9737a076332ce0fc860bccd76fb3e7748e996df223";

    public const string WitnessKey = "witness.example/w1+6474b229+BAemx4dUgMsvlqoNlzegdjMs4PyGC8zXb7PndI6ZbfIj";

    public const string Checkpoint7 =
        """
        vault.example/t/acme
        7
        56xEcbBHjnfT1HllJbJHbIXTgiJ6K/sgywxu+AYEHZ0=

        """;

    public const string Checkpoint7Signature = "df5d7e9697b482d2c1b651c758327d3e73d03fe41ba41d68562f6281cbb731ef8ad7d11e9b9aaf2dc2feded313f91bdfecd7be05c5d6983d52100f8916d83b0b";

    public const string Note7 =
        """
        vault.example/t/acme
        7
        56xEcbBHjnfT1HllJbJHbIXTgiJ6K/sgywxu+AYEHZ0=

        — vault.example/t/acme XsRErd9dfpaXtILSwbZRx1gyfT5z0D/kG6QdaFYvYoHLtzHvitfRHpuary3C/t7TE/kb3+zXvgXF1pg9UhAPiRbYOws=

        """;

    /// <summary>Cosigned at 1795219200, 2026-11-21T00:00:00Z.</summary>
    public const string CosignedNote7 =
        """
        vault.example/t/acme
        7
        56xEcbBHjnfT1HllJbJHbIXTgiJ6K/sgywxu+AYEHZ0=

        — vault.example/t/acme XsRErd9dfpaXtILSwbZRx1gyfT5z0D/kG6QdaFYvYoHLtzHvitfRHpuary3C/t7TE/kb3+zXvgXF1pg9UhAPiRbYOws=
        — witness.example/w1 ZHSyKQAAAABrAN8AvwIBIm9hdv3hn7LjFB3xHIjbZmq6L3lFu3dxuwSJG44w53i9fe1OoG1moFRHDXvLFXKZZ7uA2Rc2cNx2U3qABw==

        """;

    public const string CosignedMessage =
        """
        cosignature/v1
        time 1795219200
        vault.example/t/acme
        7
        56xEcbBHjnfT1HllJbJHbIXTgiJ6K/sgywxu+AYEHZ0=

        """;

    /// <summary>Key id, timestamp, signature.</summary>
    public const string CosignatureBlob = "6474b229000000006b00df00bf0201226f6176fde19fb2e3141df11c88db666aba2f7945bb7771bb04891b8e30e778bd7ded4ea06d66a054470d7bcb15729967bb80d9173670dc76537a8007";

    public const string Note3 =
        """
        vault.example/t/acme
        3
        VjVc6g1wwaIuBjjvG22Nb2rL8xhn386AeYUP0tZ8KBc=

        — vault.example/t/acme XsRErRH+fRtHJ9EABfD2M95UqeaUKuhFv5MiJuGvn/2J4HvChvpup1m0aUI2FVDuIyoJ7nNkmVV1OCY2T25lBWEWoQM=

        """;

    /// <summary>Of the empty tree.</summary>
    public const string Note0 =
        """
        vault.example/t/acme
        0
        47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

        — vault.example/t/acme XsREraUk0+2sfoG8asHJehTaLLlXRsd9uyd/C2JFIy7RveBjRr7s4OpHLwD3vHvpADOeqkcCEV4Z0Ih/b1Ljgn8b1Qo=

        """;

    /// <summary>From size 3 to 7.</summary>
    public const string AddCheckpointRequest =
        """
        old 3
        jdhN84pvrVzc98MukcyictGjYbMH7+6aYeZd6w72kUk=
        tlnB6OW9seqADmlhey3Fa08Vyv+kOHoS1Fer3Box86A=
        ixnY9UoVBI9LQQoGSQSsGAIvIDrTmAhnL/ax5p/pLlY=
        yVe1zDPiXfP0wHLy44PDiQaBCNT+NSHhb1fiiG0Z9no=

        vault.example/t/acme
        7
        56xEcbBHjnfT1HllJbJHbIXTgiJ6K/sgywxu+AYEHZ0=

        — vault.example/t/acme XsRErd9dfpaXtILSwbZRx1gyfT5z0D/kG6QdaFYvYoHLtzHvitfRHpuary3C/t7TE/kb3+zXvgXF1pg9UhAPiRbYOws=

        """;

    public const string AddCheckpointResponse =
        """
        — witness.example/w1 ZHSyKQAAAABrAN8AvwIBIm9hdv3hn7LjFB3xHIjbZmq6L3lFu3dxuwSJG44w53i9fe1OoG1moFRHDXvLFXKZZ7uA2Rc2cNx2U3qABw==

        """;

    /// <summary>Of index 5 in size 7.</summary>
    public const string Proof =
        """
        c2sp.org/tlog-proof@v1
        index 5
        jvvdfnG8Ts83WkKsOhjSijnJF2Ng+nqajN0ffwT5KR8=
        f6iRVtH8ML0cHBa40TFITwxibd8MS2jsI3xegooDPpw=
        S9STk1ZQ0+mlunv5mv5f74zrSkENJ4QBWCEmoSPvLf4=

        vault.example/t/acme
        7
        56xEcbBHjnfT1HllJbJHbIXTgiJ6K/sgywxu+AYEHZ0=

        — vault.example/t/acme XsRErd9dfpaXtILSwbZRx1gyfT5z0D/kG6QdaFYvYoHLtzHvitfRHpuary3C/t7TE/kb3+zXvgXF1pg9UhAPiRbYOws=
        — witness.example/w1 ZHSyKQAAAABrAN8AvwIBIm9hdv3hn7LjFB3xHIjbZmq6L3lFu3dxuwSJG44w53i9fe1OoG1moFRHDXvLFXKZZ7uA2Rc2cNx2U3qABw==

        """;

    /// <summary>The witness's cosignature with ML-DSA-44, of type 0x06.</summary>
    public const string MlDsaLine = "— witness.example/w1 YSyWAwAAAABrAN8AEayKAK9ksl8NJY6OGvBUoOyLdF1XpdEg/b7pYw+3WiC4IGHkYyzOtYRaEG2AanCAc76Ya2lvhzhcDBguPbkHoYgGIOMeYQsWHdK2N9hHOmcHWle3DsbTYLhX1QkNv4ntv759zaakKz8uJxCWUpUqNPtUu4TVUOaqm4MDeC0fGWmmX7ytjo9AD1ibvNu//W3gjBBkLk19rnU+tLTGvL7lrbgh7JpAb851wC5i5iYOKtx/D+OFvfklHCmkvISVlN+SdoA8CLvz10vQSjsxcgZBxuWiwQjhCuMJKyyGKjZ6q7YhEj+d7RRI2TtVDFb0U8GlpUY7Q5NN5NK1THjmI77TPUR6rL2Q/U/DcQq4fIs6PRN9/GC8EWoAw/2+bkyLAVqehW67kxmF0PPjSZIh/DxWedy9QLYrdkr7b3gNEOvsDk+tcYYAgjn/rNnbZnyyYPGoXr+lRR29xT84VIKL0fw6L+y+ACj5SK/0wYOhADPv7Zl5W+Ox8Hgv6WDFRbXAL82cZ334Jqyw335KMhdq/PI0umJ/CGPJCfvBzY1T4nbiPnwn4QJhZEcchAXoNyos3gMfoiKXC77Q5vR6es4eW3RiI1+LhIdDQrusMTCEJZUN4fg0uGWzb4Bt/8Gpw90VHtdrcp+8mDx4PjlarHhWIRJY4utAIjrfGJ6LMIajN1X0kHIg75whaSuWMdOcsuKKqdF4jgeaZ4hP01DGcuRnT+RJDkAPPPibWdshX1QuqpoCCZq0Pl5Y1nDY1H92lJSqGUfLE+GOejQDx8a3txbVziFoBEsdL5qVXsdjET1J9F+4W6/Oy7uAoxb25IaXttefiHFo2YyjTumcUXS8UuldmJpRztVWQT3RHS3XdY8r8s5IrQBdvZDUe0VR4pCh2o9VNX3R2+GUmpLJm2UboKapWc2MDs4qeIDt5iuojxqIaiScrTM1btyH4UJVvkUM5khId68J22Ar0hrcraHI9A+oXbctcNEIIl3fU4ZXC8S+EJPCXAcbWqsT5/3kgiJA+F8+7tpmRKy3FBeA1FnuVxdtf30eb9YXvoI90f6XfpWJOTfx1CVgJ+2giYUduAxs+B/ykb5X7iT+W1e80XIa/74zTpIQ3hI26X8QVyNX2xlMLD84DiOHebpSTVBqWcBdYc3Kp8odDx/mu/Y4AMtxAhv0jlbslD7MfWxDHKUsSYKBdd8OpPG1mNHt89JCRr/sQQL+mG97VzripreyZCu/A9pI2hdR+fpH0ou4GI74UCAk7Cm5i0cM5fy02UTpCDRV4/7vKxxex6HCEatGufdR/WfNVvRQhuNRGJxrjiqsD9R/aZMQ/Q397VGPVnQYVescSm6wHqmd268PrW+kC39rKfqhe2Fi0h6H8xyO8n0vTYMXo9jceBFOm0dQhvvD688qrrWbQcJDQSIzZukPdvujeahY3bjnU0SfqSc1tHkec9MOzdTCRv544zRYS/Xi98KxBus5Lk1yyia5p01h2ee8XMNTX1zbNkumhOvBoefB0SHkPk+ezFw42H7nt25UsuvEPtMoZyKusnfIcDm3qsTdhj28omaw1EuR4eVSLmPNz7eq6qJAXDP5jDdi6r4wxbAsde+q5eVQLcqalckI+XXKfu1XQsQPV72qyNRXEzoU2dl+kahqZim3vEmx1BIIOHVNh/q7pIjMCwBHWzVl79KC2G8JGjRXIDJAL3ziarl+Y4NNr8pqutxWrEIV8H7D9azxgVw6rmAF56WqXA1yyxJwkforsLDCyKxSzA3uoVd2RFfQXqav3+LHSEdEheWMu4GH6B0e8iNQirwgGoI9RDCZ5auG82gEw1j64TMPQVNvQ8zdkxEAV+ZOF2+Z82N7ogXO8OXCycKbI1mmAKX8o8QxsXuMK4/0kWgxeCktGMAkrwLcPEdDW1ns1L3s+9Drvo95q9fehjf3Hdi9k0lt+/xZDHLX22cL860WL0ZW3fwHZSnCydrhjgdEwk39Rw6go3JhE1+1GO8d5Hwt7CoiPd5zZ8rfmaVd6mAEz+LsnY6T+tEmi50peyiiBt0Zpp3MLgkyq4u7XHkHO7fDVj6bHeMRiusyMtGIX0zE2zNlfink3JVspFt0BS1d0H8Otj4k7w5c4guIJZv0zsdK2fp07M//BQV7wXaYlP+wOgYRC7GAOxSPeUXY6cp18LrCi/xqkSwt9acCkOi99pdQNs+F72rk3cfwe3hLcbWBFBG7s408ighz10DCkMYT57Hs8Oi7PLDYJ9/++lsQMTDZsbk5+sOeQaXaj1wLhtlcVJH3sGVz3m+iyNwHfiUx7ghqWtJ6B6GKU0YYbnXPNzypYY1ruWJbKO/cuzi5jCbQHnrlbRKCEgnoRLmjhD/5gnouL+nJHRdP0kiK8mqyqzcHVelTfgOC9H9pYYQlZJ/SbYNHO6kSAkuaNm5VCrYAbxMJQSHr1nnX+AqwBdmxf6PC8nU48VGZQFoIMo3qc821q+trVwLKMg6HKjM9Y0nYHtJwUm6d0GxzhlGpM7IqOeV3xhT6AvHOWya0/93ywIKt84XWptoeUSrdnu+imD4ie4G5biAs6Zad3YnSJOLA5+fqrpw+YeSwj5lIJS5MGwp6mee+8HWGQjh1MmXaWV24peEErAQxEGuFEuzme76XXJpQOqdbkIgunknsS9wNajmx0Zo0/wqE3F5wmp9AhQ3O2g2Lonjl8rUMZnH6ggBIZhv6DXovoAvMdfelwF4tMJeqzPdNTCh6xu6JrAni6w7uNft4bk6N3ir1KDy9vf1uUnV5R5jA7PiEX3NTuXdiRlVo5UFjt+6FgeN72Szgc8DT7e0Y7zVqlUaGe+oerqWGlqKBToIuicUibOi7r7MlX9FXrKGrLYx4w1nQquW1C25DIWIrcPEyFb9VijmnW+ZFeN2Wg4FYRd7UngqmXBuO8dKYxaQnWpO8WIfNkFNM/Vb/0qWQFqREY5sTaz69v61E6n5SMAv5ULcLv7V6l09iPrBOwC0x+rBlbOOIe8ZP/7d33q2hsPMar4K8LlZp8YOiW5ME23DaEsbFOwmtkAHwC3ADKgvcVEh0uNAhfVT6+Nmiw5ScBWcCFBFVuvwFHtIV8jxs5M4WaxRUE0qvOSa23tw/HDO26OWpiSk2eDVSBeoQHB46PEhxcoySpbS13u/wOUNHSUxdYmV6gJC8vfMABDFUV1tfZ4SGiJHQ1eP5IUxleXvM4u4AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABAeLjY=";

    public static IReadOnlyList<string> ProofHashes { get; } =
    [
        "8efbdd7e71bc4ecf375a42ac3a18d28a39c9176360fa7a9a8cdd1f7f04f9291f",
        "7fa89156d1fc30bd1c1c16b8d131484f0c626ddf0c4b68ec237c5e828a033e9c",
        "4bd493935650d3e9a5ba7bf99afe5fef8ceb4a410d278401582126a123ef2dfe",
    ];

    /// <summary>Consistency of 3 and 7.</summary>
    public static IReadOnlyList<string> ConsistencyHashes { get; } =
    [
        "8dd84df38a6fad5cdcf7c32e91cca272d1a361b307efee9a61e65deb0ef69149",
        "b659c1e8e5bdb1ea800e69617b2dc56b4f15caffa4387a12d457abdc1a31f3a0",
        "8b19d8f54a15048f4b410a064904ac18022f203ad39808672ff6b1e69fe92e56",
        "c957b5cc33e25df3f4c072f2e383c389068108d4fe3521e16f57e2886d19f67a",
    ];

    /// <summary>In hexadecimal, of the trees of 0 to 8 leaves.</summary>
    public static IReadOnlyList<string> Roots { get; } =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "211132381ca0c92a0a56cf9be618ad80e5973124723550818ce166f69326ce8d",
        "8b19d8f54a15048f4b410a064904ac18022f203ad39808672ff6b1e69fe92e56",
        "56355cea0d70c1a22e0638ef1b6d8d6f6acbf31867dfce8079850fd2d67c2817",
        "4bd493935650d3e9a5ba7bf99afe5fef8ceb4a410d278401582126a123ef2dfe",
        "d82920dbe69223c23fbc38597e7829cbce6deeb4ecf69cea50fcfda41018cf3b",
        "9cea933b352bfa1e0d3d747dff173962da3c0e83daecf608f43dab318380fbba",
        "e7ac4471b0478e77d3d4796525b2476c85d382227a2bfb20cb0c6ef806041d9d",
        "aacc478f12042da6bda1490df8324a5dd7573cc65140106b850bfc5625f0241f",
    ];

    /// <summary>The same in base64.</summary>
    public static IReadOnlyList<string> RootsInBase64 { get; } =
    [
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "IREyOBygySoKVs+b5hitgOWXMSRyNVCBjOFm9pMmzo0=",
        "ixnY9UoVBI9LQQoGSQSsGAIvIDrTmAhnL/ax5p/pLlY=",
        "VjVc6g1wwaIuBjjvG22Nb2rL8xhn386AeYUP0tZ8KBc=",
        "S9STk1ZQ0+mlunv5mv5f74zrSkENJ4QBWCEmoSPvLf4=",
        "2Ckg2+aSI8I/vDhZfngpy85t7rTs9pzqUPz9pBAYzzs=",
        "nOqTOzUr+h4NPXR9/xc5Yto8DoPa7PYI9D2rMYOA+7o=",
        "56xEcbBHjnfT1HllJbJHbIXTgiJ6K/sgywxu+AYEHZ0=",
        "qsxHjxIELaa9oUkN+DJKXddXPMZRQBBrhQv8ViXwJB8=",
    ];
}
